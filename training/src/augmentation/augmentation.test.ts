import { drawPhantom, prepareImage } from '@lucency/imaging';
import { seededRandom } from '@lucency/statistics';
import { beforeAll, describe, expect, it } from 'vitest';
import { disturbanceNames } from './disturbances.js';
import { equalize, toneCurve } from './exposure.js';
import { cropAll, place, untouched } from './geometry.js';
import { paintMarker } from './painting.js';
import type { Picture } from './picture.js';
import { resave } from './resave.js';
import { addNoise, blur } from './sharpness.js';
import { treat } from './treatments.js';

let chest: Picture;

beforeAll(async () => {
  const prepared = await prepareImage(await drawPhantom({ seed: 2 }));
  if (!prepared.ok) throw new Error(prepared.reason);
  chest = { side: 224, shades: prepared.value.input.filter((_, at) => at % 3 === 0) };
});

function difference(a: Picture, b: Picture): number {
  const sum = a.shades.reduce(
    (total, shade, at) => total + Math.abs(shade - (b.shades[at] ?? Number.NaN)),
    0,
  );
  return sum / a.shades.length;
}

describe.each([...disturbanceNames, 'robust', 'source'] as const)('the treatment %s', (treatment) => {
  it('changes a picture, stays within the shades, and is the same for the same seed', async () => {
    const treated = await treat(chest, treatment, seededRandom(3), 224);
    expect(difference(treated, chest)).toBeGreaterThan(1e-4);
    expect(treated.shades.every((shade) => shade >= 0 && shade <= 1)).toBe(true);
    expect(await treat(chest, treatment, seededRandom(3), 224)).toEqual(treated);
  });

  it('brings a picture to any size', async () => {
    expect((await treat(chest, treatment, seededRandom(3), 160)).shades).toHaveLength(160 * 160);
  });
});

it('draws another disturbance for another seed', async () => {
  const [one, other] = await Promise.all(
    [1, 2].map((seed) => treat(chest, 'robust', seededRandom(seed), 224)),
  );
  if (one && other) expect(difference(one, other)).toBeGreaterThan(0.01);
});

describe('placing', () => {
  it('leaves a picture alone when told nothing', () => {
    expect(difference(place(chest, untouched, 224), chest)).toBeLessThan(1e-6);
  });

  it('mirrors, and twice is nothing', () => {
    const mirrored = place(chest, { ...untouched, flip: true }, 224);
    expect(mirrored.shades[0]).toBeCloseTo(chest.shades[223] ?? Number.NaN, 5);
    expect(difference(place(mirrored, { ...untouched, flip: true }, 224), chest)).toBeLessThan(1e-5);
  });

  it('turns clockwise', () => {
    const spot: Picture = { side: 8, shades: new Float32Array(64) };
    spot.shades[3] = 1;
    const turned = place(spot, { ...untouched, turn: Math.PI / 2 }, 8);
    expect(turned.shades.indexOf(Math.max(...turned.shades)) % 8).toBe(7);
  });

  it('cuts the border off and fills what lies outside', () => {
    const framed: Picture = { side: 100, shades: new Float32Array(10_000).fill(0.5) };
    framed.shades.fill(1, 0, 1000);
    const cropped = place(framed, { ...untouched, crop: cropAll(0.12) }, 100);
    expect(Math.max(...cropped.shades)).toBeCloseTo(0.5);
    const wider = place(framed, { ...untouched, crop: cropAll(-0.1), outside: 0 }, 100);
    expect(wider.shades[0]).toBe(0);
    const continued = place(framed, { ...untouched, crop: cropAll(-0.1), outside: 'edge' }, 100);
    expect(continued.shades[0]).toBe(1);
  });
});

it('equalizes so that every shade is as frequent as any other', () => {
  const { shades } = equalize(chest, 1);
  for (const share of [0.25, 0.5, 0.75])
    expect(shades.filter((shade) => shade <= share).length / shades.length).toBeCloseTo(share, 1);
});

it('keeps the order of shades under another tone curve', () => {
  const ramp: Picture = { side: 10, shades: Float32Array.from({ length: 100 }, (_, at) => at / 99) };
  const { shades } = toneCurve(ramp, seededRandom(1));
  expect([...shades]).toEqual([...shades].sort((a, b) => a - b));
  expect(shades[0]).toBeCloseTo(0);
  expect(shades[99]).toBeCloseTo(1);
});

it('blurs without changing the mean shade, and adds noise of the deviation asked for', () => {
  const grey: Picture = { side: 64, shades: new Float32Array(4096).fill(0.5) };
  const noisy = addNoise(grey, 0.05, seededRandom(8));
  const deviation = ({ shades }: Picture) =>
    Math.sqrt(shades.reduce((sum, shade) => sum + (shade - 0.5) ** 2, 0) / 4096);
  expect(deviation(noisy)).toBeCloseTo(0.05, 2);
  expect(deviation(blur(noisy, 2))).toBeLessThan(0.01);
});

it('paints markers that are small and near the edge', () => {
  const black: Picture = { side: 224, shades: new Float32Array(224 * 224).fill(0.5) };
  for (let seed = 0; seed < 20; seed++) {
    const { shades } = paintMarker(black, seededRandom(seed));
    const painted = shades.reduce((count, shade) => count + (shade === 0.5 ? 0 : 1), 0);
    expect(painted).toBeLessThan(400);
  }
});

it('loses little to a good JPEG and more to a bad one', async () => {
  const good = await resave(chest, { side: 224, kernel: 'linear', jpegQuality: 95 });
  const bad = await resave(chest, { side: 224, kernel: 'linear', jpegQuality: 10 });
  expect(difference(good, chest)).toBeLessThan(0.01);
  expect(difference(bad, chest)).toBeGreaterThan(2 * difference(good, chest));
});
