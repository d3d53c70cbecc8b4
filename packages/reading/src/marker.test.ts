import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createImagePreparer } from '@lucency/imaging';
import { locateModel, readModelCard } from '@lucency/model/card';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { classifyImage } from './classify-image.js';
import { createLungFinder } from './lungs/index.js';
import { openEngine } from './open-engine.js';

const cases = process.env.LUCENCY_CASES ?? join(import.meta.dirname, '../../../../shared/cases');
const marked = join(cases, '06-heatmap-on-marker');
const absent = !existsSync(marked);
const why = absent ? ` (skipped: ${marked} is not there)` : '';

let reader: Parameters<typeof classifyImage>[1];
let close: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  if (absent) return;
  const modelDir = await locateModel();
  const engine = await openEngine({ name: 'onnx-int8', modelDir, device: 'cpu' });
  const preparer = createImagePreparer();
  const lungs = await createLungFinder();
  reader = { card: await readModelCard(modelDir), engine, preparer, lungs };
  close = async () => {
    await Promise.all([preparer.close(), lungs.close(), engine.close()]);
  };
}, 60_000);
afterAll(() => close());

it.skipIf(absent)(`an X-ray is read for its lungs, and not for the letter in its corner${why}`, async () => {
  const probabilities: number[] = [];
  for (const file of ['with-side-letter.png', 'letter-painted-over.png']) {
    const answer = await classifyImage(await readFile(join(marked, file)), reader);
    if (answer.outcome !== 'read') throw new Error(`refused: ${answer.reason}`);
    const { probability, lungs } = answer.reading;
    expect(lungs?.evidenceInside).toBeGreaterThan(0.9);
    probabilities.push(probability);
  }
  const [withLetter = 0, without = 1] = probabilities;
  expect(Math.abs(withLetter - without)).toBeLessThan(0.05);
});
