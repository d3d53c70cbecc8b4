import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPhantom } from '@lucency/imaging';
import { decide, drawGoldenInput, evaluationReport, readModelCard } from '@lucency/model/card';
import { isNativeBuilt } from '@lucency/model/native';
import { createOnnxEngine } from '@lucency/model/onnx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { robustRecipe } from './recipes/robust.js';
import { train } from './train.js';

const quiet = { show: () => {}, say: () => {} };

/** The recipe that ships, on pictures so small and few that it takes seconds. */
const small = {
  ...robustRecipe,
  head: { ...robustRecipe.head, epochs: 3 },
  fineTuning: { ...robustRecipe.fineTuning, from: 'res5c', side: 64, epochs: 1, batchSize: 8 },
  interpolations: [1],
  views: ['one' as const],
};

/** Minutes of computing: run by name, with LUCENCY_TEST_TRAINING=1. */
const asked = process.env.LUCENCY_TEST_TRAINING === '1' && isNativeBuilt('cpu');

describe.skipIf(!asked)('a training (needs npm run native and LUCENCY_TEST_TRAINING=1)', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lucency-train-'));
    for (const label of ['NORMAL', 'PNEUMONIA']) {
      await mkdir(join(folder, 'data', label), { recursive: true });
      for (let seed = 1; seed <= 20; seed++)
        await writeFile(
          join(folder, 'data', label, `phantom ${seed} ${label}.jpeg`),
          await drawPhantom({ seed, pneumonia: label === 'PNEUMONIA', width: 400, height: 360 }),
        );
    }
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('makes the artefact that the services load, with a report that names nobody', async () => {
    const out = join(folder, 'model');
    const card = await train(
      {
        recipe: small,
        data: join(folder, 'data'),
        out,
        id: 'phantoms',
        seed: 1,
        threads: 1,
        resume: false,
        figuresOnly: true,
        interrupted: () => false,
      },
      quiet,
    );
    expect(await readModelCard(out)).toEqual(card);
    expect(card.trainedOn.images).toEqual({ train: 24, validation: 6, calibration: 4, test: 6 });
    expect(card.operatingPoints.map(({ purpose }) => purpose)).toEqual(['screening', 'balanced', 'rule-in']);

    const engine = await createOnnxEngine({ modelDir: out, precision: 'int8', threads: 1 });
    expect(engine.name).toBe('onnx-int8');
    const { logit } = await engine.classify(drawGoldenInput());
    await engine.close();
    expect(decide(logit, card).threshold).toBe(card.threshold);

    const report = evaluationReport.parse(
      JSON.parse(await readFile(join(out, 'report/report.json'), 'utf8')),
    );
    expect(report.n).toBe(6);
    expect(Object.keys(report.sets ?? {})).toContain('border cropped');
    const predictions = await readFile(join(out, 'report/predictions.csv'), 'utf8');
    expect(predictions.trim().split('\n')).toHaveLength(7);
    expect(predictions).not.toMatch(/phantom/);
  }, 400_000);
});
