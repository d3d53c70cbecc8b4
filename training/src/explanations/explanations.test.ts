import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabelledFile } from '@lucency/evaluation';
import { drawPhantom } from '@lucency/imaging';
import type { Classification } from '@lucency/model/card';
import { normal, seededRandom } from '@lucency/statistics';
import { afterAll, describe, expect, it } from 'vitest';
import type { ExplainedImage } from './explain-images.js';
import { chooseFaithfulness, judgeThresholds } from './faithfulness-thresholds.js';
import { measureExplanations, summariseExplanations } from './measure-explanations.js';
import { randomise } from './randomised-models.js';
import { rankCorrelation } from './rank-correlation.js';

const folder = mkdtempSync(join(tmpdir(), 'lucency-explanations-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Images of which the better explained ones are answered rightly more often. */
function explained(count: number): ExplainedImage[] {
  const random = seededRandom(6);
  return Array.from({ length: count }, (_, index) => {
    const gap = 0.4 + 0.1 * normal(random);
    const label = random() < gap + 0.3 ? 1 : 0;
    const patient = `p${index}`;
    return {
      file: { file: '', path: '', label: label ? 'PNEUMONIA' : 'NORMAL', patient },
      label,
      patient,
      calledPneumonia: true,
      evidence: Float32Array.of(index % 10 === 0 ? -1 : 1),
      model: { insertion: gap + 0.2, deletion: 0.2, score: 10 * gap },
      random: { insertion: 0.5, deletion: 0.3, score: 4 * random() },
      centre: { insertion: 0.5, deletion: 0.4, score: 1 },
    };
  });
}

describe('the summary of a study', () => {
  it('compares gaps with those of maps that know nothing, and counts empty maps', () => {
    const summary = summariseExplanations(explained(400), { resamples: 200 });
    expect(summary.all.model.gap.value).toBeCloseTo(0.4, 1);
    expect(summary.all.model.gap.high - summary.all.model.gap.low).toBeLessThan(0.05);
    expect(summary.all.random.gap.value).toBeCloseTo(0.2, 5);
    expect(summary.timesCentre).toBeCloseTo(4, 0);
    expect(summary.empty).toEqual({ calledPneumonia: 0.1, all: 0.1 });
  });

  it('withholds heatmaps that score no better than maps that know nothing, and says what that tells apart', () => {
    const images = explained(400);
    const { withholdBelow, cautionBelow } = chooseFaithfulness(images, 'picture');
    const reach = (score: number) =>
      images.filter(({ random }) => random.score >= score).length + (score <= 1 ? images.length : 0);
    // Of 800 maps, half of them centred and all alike.
    expect(reach(cautionBelow)).toBe(40);
    const below = images.filter(({ model }) => model.score < withholdBelow).length;
    expect(Math.abs(reach(withholdBelow) / 800 - below / 400)).toBeLessThan(0.01);
    expect(withholdBelow).toBeLessThan(cautionBelow);
    const judged = judgeThresholds(images, { withholdBelow, cautionBelow });
    const [plain, caution, withheld] = judged.groups;
    expect((plain?.images ?? 0) + (caution?.images ?? 0) + (withheld?.images ?? 0)).toBe(400);
    expect(withheld?.images).toBe(images.filter(({ model }) => model.score < withholdBelow).length);
    expect(plain?.betterThanRandom).toBeGreaterThan(withheld?.betterThanRandom ?? 1);
    expect(judged.separates.right).toBeGreaterThan(0.55);
    expect(judged.separates.betterThanRandom).toBeGreaterThan(0.8);
  });

  it('holds a model that is shown the lungs against maps drawn at random alone', () => {
    const images = explained(400).map((image) => ({ ...image, centre: { ...image.centre, score: 9 } }));
    const inPicture = chooseFaithfulness(images, 'picture');
    const inLungs = chooseFaithfulness(images, 'lungs');
    expect(inPicture.cautionBelow).toBe(9);
    expect(inLungs.cautionBelow).toBeLessThan(4);
    expect(inLungs.withholdBelow).toBeLessThan(inPicture.withholdBelow);
  });

  it('draws the line halfway where no map that knows nothing scores as high as the model’s', () => {
    const apart = explained(40).map((image, index) => ({
      ...image,
      model: { ...image.model, score: 3 + index / 10 },
      random: { ...image.random, score: -1 + index / 20 },
    }));
    expect(chooseFaithfulness(apart, 'lungs').withholdBelow).toBeCloseTo((3 - 1 + 39 / 20) / 2, 5);
  });

  it('tells nothing apart where all are alike', () => {
    const alike = explained(20).map((image) => ({ ...image, random: { ...image.random, score: -9 } }));
    const judged = judgeThresholds(alike, { withholdBelow: 0, cautionBelow: 1 });
    expect(judged.separates.betterThanRandom).toBeNull();
  });
});

describe('random weights', () => {
  it('are drawn from the same values, in the part alone, anew for each seed', () => {
    const tensor = { shape: [50], values: Float32Array.from({ length: 50 }, (_, index) => index) };
    const names = ['res4a_branch2a/kernel', 'res5a_branch2a/kernel', 'hidden/kernel'];
    const weights = new Map(names.map((name) => [name, tensor]));
    const head = randomise(weights, 'head', 1);
    expect(head.get('res5a_branch2a/kernel')).toBe(tensor);
    expect(head.get('hidden/kernel')?.values).not.toEqual(tensor.values);
    expect(head.get('hidden/kernel')?.values.every((value) => tensor.values.includes(value))).toBe(true);
    expect(randomise(weights, 'head', 2).get('hidden/kernel')).not.toEqual(head.get('hidden/kernel'));
    const upper = randomise(weights, 'head and conv5', 1);
    expect(upper.get('res4a_branch2a/kernel')).toBe(tensor);
    expect(upper.get('res5a_branch2a/kernel')?.values).not.toEqual(tensor.values);
  });
});

describe('rank correlation', () => {
  it('sees order alone, ties sharing their ranks', () => {
    expect(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(rankCorrelation([1, 1, 2, 2], [1, 2, 3, 4])).toBeCloseTo(0.8944, 3);
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBe(0);
  });
});

/** Says pneumonia where the picture is bright, and that the bright cells are why. */
function brightnessOf(input: Float32Array): Classification {
  const evidence = Float32Array.from({ length: 49 }, (_, cell) => {
    const [row, column] = [Math.floor(cell / 7) * 32 + 16, (cell % 7) * 32 + 16];
    return input[(row * 224 + column) * 3] ?? 0;
  });
  const mean = input.reduce((sum, value) => sum + value, 0) / input.length;
  return {
    logit: 40 * (mean - 0.2),
    evidence,
    texture: new Float32Array(512),
    types: null,
    milliseconds: 0,
    batchSize: 1,
  };
}

const sameEverywhere = {
  run: async () => ({
    logits: Float32Array.of(0),
    evidence: new Float32Array(49),
    texture: new Float32Array(512),
    types: null,
  }),
  close: async () => {},
};

it('measures a model over images, with others beside it', async () => {
  const files = await Promise.all(
    (['NORMAL', 'PNEUMONIA'] as const).map(async (label, index): Promise<LabelledFile> => {
      const path = join(folder, `${label}.jpeg`);
      writeFileSync(
        path,
        await drawPhantom({ seed: index, pneumonia: index === 1, width: 300, height: 240 }),
      );
      return { file: `${label}.jpeg`, path, label, patient: label };
    }),
  );
  const figures = await measureExplanations(files, {
    engine: { classify: async (input) => brightnessOf(input) },
    card: { threshold: 0.5, calibration: { method: 'identity' } },
    progress: { show: () => {}, say: () => {} },
    sanity: { open: async () => sameEverywhere, seeds: [1, 2] },
    resampling: { resamples: 10 },
  });
  expect(figures.all.images).toBe(2);
  expect(figures.all.model.deletion.value).toBeLessThan(figures.all.random.deletion.value);
  expect(figures.sanity.map(({ randomised, images }) => [randomised, images])).toEqual([
    ['head', 2],
    ['head and conv5', 2],
  ]);
  for (const { correlation } of figures.sanity) expect(correlation.value).toBe(0);
});
