import { createImagePreparer, drawPhantom, type ImagePreparer } from '@lucency/imaging';
import { type Engine, locateModel } from '@lucency/model/card';
import { openEngine } from '@lucency/reading';
import { createLungFinder, type LungFinder } from '@lucency/reading/lungs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gradCam } from './grad-cam.js';

let modelDir: string;
let preparer: ImagePreparer;
let lungs: LungFinder;
const engines: Engine[] = [];

beforeAll(async () => {
  modelDir = await locateModel();
  preparer = createImagePreparer({ processes: 1 });
  lungs = await createLungFinder();
});
afterAll(() => Promise.all([preparer?.close(), lungs?.close(), ...engines.map((engine) => engine.close())]));

it('is what TensorFlow.js computes by automatic differentiation', async () => {
  engines.push(await openEngine({ name: 'onnx-fp32', modelDir, threads: 1 }));
  engines.push(await openEngine({ name: 'tfjs-wasm', modelDir }));
  for (const seed of [1, 2]) {
    const phantom = await drawPhantom({ seed, pneumonia: seed === 2, width: 800, height: 640 });
    const maps: number[][] = [];
    for (const engine of engines) {
      const prepared = await preparer.prepare(phantom);
      if (!prepared.ok) throw new Error(prepared.reason);
      const original = async () => prepared.value;
      const card = { input: { crop: 'none' } } as const;
      const explained = await gradCam.explain(
        { reading: null, original },
        { lungs, card, engine: async () => engine },
      );
      if ('outcome' in explained) throw new Error(explained.why);
      maps.push(explained.evidence);
    }
    const [ours = [], theirs = []] = maps;
    const scale = Math.max(...theirs.map(Math.abs));
    expect(ours).toHaveLength(49);
    ours.forEach((value, at) => {
      expect(Math.abs(value - (theirs[at] ?? Number.NaN))).toBeLessThan(1e-3 * scale);
    });
  }
});
