import { createHash, randomUUID } from 'node:crypto';
import type { FaithfulnessJob } from '@lucency/contracts';
import { createImagePreparer, drawPhantom, type ImagePreparer } from '@lucency/imaging';
import type { Engine } from '@lucency/model/card';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Explainer } from '../methods/explainer.js';
import { explainers } from '../methods/index.js';
import { measureHeatmap } from './measure-heatmap.js';

let preparer: ImagePreparer;
let picture: Uint8Array;
beforeAll(async () => {
  preparer = createImagePreparer({ processes: 1 });
  picture = await drawPhantom({ seed: 4, width: 600, height: 480 });
});
afterAll(() => preparer?.close());

const centre = 24;
const only = (marked: number) => Array.from({ length: 49 }, (_, cell) => (cell === marked ? 1 : 0));

/** A model that looks at the middle of the picture and nowhere else. */
const engine: Engine = {
  name: 'onnx-fp32',
  modelId: 'middle',
  async classify(input) {
    let sum = 0;
    for (let row = 96; row < 128; row += 1) {
      for (let column = 96; column < 128; column += 1) sum += input[(row * 224 + column) * 3] ?? 0;
    }
    const evidence = Float32Array.from(only(centre));
    const rest = { evidence, texture: new Float32Array(), types: null, milliseconds: 1, batchSize: 1 };
    return { logit: (20 * sum) / 1024 - 4, ...rest };
  },
  async close() {},
};

/** A method that marks the middle, whatever the reading kept. */
const middle: Explainer = {
  method: 'middle',
  explain: async () => ({ modelId: 'middle', evidence: only(centre) }),
};

async function score(method: string) {
  const job: FaithfulnessJob = {
    version: 1,
    kind: 'score',
    method,
    modelId: 'middle',
    taskId: randomUUID(),
    attempt: 1,
    tries: 0,
    priority: 'ROUTINE',
    organizationId: randomUUID(),
    studyId: randomUUID(),
    image: {
      id: randomUUID(),
      blobKey: 'image',
      sha256: createHash('sha256').update(picture).digest('hex'),
      bytes: picture.length,
    },
    // Of a reading that looked at a corner.
    reading: { modelId: 'middle', evidence: only(0) },
  };
  return measureHeatmap(job, {
    blobs: { read: async () => picture },
    preparer,
    lungs: {
      find: () => {
        throw new Error('a model without a crop needs no lungs');
      },
    },
    card: { calibration: { method: 'identity' }, input: { crop: 'none' }, faithfulness: undefined },
    engine: async () => engine,
    explainers: [...explainers, middle],
    urgentBacklog: async () => 0,
  });
}

it('measures the map of the method that the job names, and says whose it is', async () => {
  const [cornered, centred] = await Promise.all([score('grad-cam'), score('middle')]);
  if (cornered.outcome !== 'scored' || centred.outcome !== 'scored')
    throw new Error(JSON.stringify([cornered, centred]));
  expect(cornered.faithfulness).toMatchObject({ method: 'grad-cam', modelId: 'middle' });
  expect(centred.faithfulness).toMatchObject({ method: 'middle', modelId: 'middle' });
  // Hiding the middle first takes the answer away at once; a map of the corner leaves it until late.
  expect(centred.faithfulness.deletion).toBeLessThan(cornered.faithfulness.deletion - 0.2);
});
