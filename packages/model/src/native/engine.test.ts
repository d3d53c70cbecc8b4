import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../card/decide.js';
import type { Engine } from '../card/engine.js';
import { drawGoldenInput } from '../card/golden-input.js';
import { locateModel } from '../card/locate-model.js';
import { type ModelCard, readModelCard } from '../card/model-card.js';
import { createOnnxEngine } from '../onnx/engine.js';
import { createTfjsEngine } from '../tfjs/engine.js';
import { isBuilt, nativeFolder } from './cache.js';
import { createNativeEngine } from './engine.js';

const cpuIsBuilt = isBuilt(nativeFolder('cpu'));
const suite = cpuIsBuilt
  ? 'the native engine on the CPU'
  : 'the native engine on the CPU, not built here: run `npm run native`';

const chest = drawGoldenInput();
const inputs: Record<string, Float32Array> = {
  'the drawn chest': chest,
  'a dim one': chest.map((value) => 0.4 * value ** 1.5),
  black: chest.map(() => 0),
  noise: chest.map((_, index) => 0.5 + 0.5 * Math.sin(index * index * 12.9898)),
};

describe.skipIf(!cpuIsBuilt)(suite, () => {
  let card: ModelCard;
  let native: Engine;
  let others: Engine[];

  beforeAll(async () => {
    const modelDir = await locateModel();
    card = await readModelCard(modelDir);
    native = await createNativeEngine({ modelDir, device: 'cpu', threads: 1 });
    others = [
      await createOnnxEngine({ modelDir, precision: 'fp32', threads: 1 }),
      await createTfjsEngine({ modelDir }),
    ];
  }, 120_000);

  afterAll(async () => {
    await Promise.all([native, ...(others ?? [])].map((engine) => engine?.close()));
  });

  it.each(Object.entries(inputs))(
    'says of %s what ONNX in single precision and WebAssembly say, to 1e-4, with the same evidence',
    async (_, input) => {
      const answer = await native.classify(input.slice());
      for (const other of others) {
        const { logit, evidence, texture } = await other.classify(input.slice());
        const [ours, theirs] = [answer.logit, logit].map((value) => decide(value, card).probability);
        expect(Math.abs((ours ?? 0) - (theirs ?? 1))).toBeLessThan(1e-4);
        const largest = Math.max(...evidence.map(Math.abs));
        const apart = evidence.map((value, cell) => Math.abs(value - (answer.evidence[cell] ?? Number.NaN)));
        expect(Math.max(...apart) / largest).toBeLessThan(1e-3);
        const grain = texture.map((value, at) => Math.abs(value - (answer.texture[at] ?? Number.NaN)));
        expect(Math.max(...grain) / Math.max(...texture)).toBeLessThan(1e-3);
      }
    },
  );

  it('gathers what waits into batches, each picture with its own answer and evidence', async () => {
    const alone = await native.classify(chest.slice());
    const shades = Array.from({ length: 9 }, (_, index) => (index === 4 ? 1 : 1 - index / 20));
    const answers = await Promise.all(
      shades.map((shade) => native.classify(chest.map((value) => value * shade))),
    );
    expect(answers.map(({ batchSize }) => batchSize)).toEqual([1, 8, 8, 8, 8, 8, 8, 8, 8]);
    expect(answers[4]?.logit).toBeCloseTo(alone.logit, 4);
    alone.evidence.forEach((value, cell) => {
      expect(answers[4]?.evidence[cell]).toBeCloseTo(value, 5);
    });
    expect(new Set(answers.map(({ logit }) => logit)).size).toBeGreaterThan(7);
  });

  it('leaves the event loop free while it computes', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const { milliseconds } = await native.classify(chest.slice());
    clearInterval(timer);
    expect(turns).toBeGreaterThan(Math.min(5, milliseconds / 10));
  });

  it('can be closed and made again in one process', async () => {
    const again = await createNativeEngine({ modelDir: await locateModel(), device: 'cpu', threads: 1 });
    await again.close();
    await expect(again.classify(chest.slice())).rejects.toThrow('closed');
    expect((await native.classify(chest.slice())).batchSize).toBe(1);
  });
});

describe('a device', () => {
  it('names the command when its binding was not built', async () => {
    const before = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = '/nowhere';
    try {
      const modelDir = await locateModel();
      await expect(createNativeEngine({ modelDir, device: 'cpu' })).rejects.toThrow(/Run: npm run native\./);
      await expect(createNativeEngine({ modelDir, device: 'gpu' })).rejects.toThrow(
        /Run: npm run native -- --gpu\..*ENGINE_DEVICE=cpu/,
      );
    } finally {
      if (before === undefined) delete process.env.XDG_CACHE_HOME;
      else process.env.XDG_CACHE_HOME = before;
    }
  });
});
