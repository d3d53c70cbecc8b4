import { cropBox, cropShades, type LungMask } from '@lucency/imaging/lungs';
import { seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import { replaceOutside } from './background.js';
import { convexHull } from './convex-hull.js';
import { distanceTo } from './distance.js';
import { augmentOnLungs, cropToLungs } from './lungs.js';
import { treatChest } from './treatments.js';

const side = 224;

function drawn(...boxes: [left: number, top: number, right: number, bottom: number][]): LungMask {
  const bits = new Uint8Array(side * side);
  for (const [left, top, right, bottom] of boxes)
    for (let row = top; row < bottom; row++) bits.fill(1, row * side + left, row * side + right);
  return { side, bits };
}

const lungs = drawn([50, 40, 100, 170], [120, 50, 170, 160]);
/** Lighter towards the lower right, so that no two places look alike. */
const picture = { side, shades: Float32Array.from({ length: side * side }, (_, at) => at / side / side) };
const chest = { picture, lungs };

describe('distances to the lungs', () => {
  it("are Euclid's within 5 %", () => {
    const spot = drawn([100, 100, 101, 101]);
    const distances = distanceTo(spot);
    for (const [row, column] of [
      [100, 100],
      [100, 130],
      [120, 110],
      [90, 90],
      [200, 20],
    ] as const) {
      const exact = Math.hypot(row - 100, column - 100);
      expect(Math.abs((distances[row * side + column] ?? 0) - exact)).toBeLessThanOrEqual(0.05 * exact);
    }
  });
});

describe('the hull of the lungs', () => {
  it('holds what lies between them and nothing beyond', () => {
    const { bits } = convexHull(lungs);
    const at = (row: number, column: number) => bits[row * side + column];
    expect(lungs.bits.every((inside, pixel) => inside <= (bits[pixel] ?? 0))).toBe(true);
    expect(at(100, 110)).toBe(1);
    expect([at(100, 49), at(100, 170), at(39, 60), at(170, 60), at(44, 168)]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('what stands outside the thorax', () => {
  it('is replaced, and the lungs are left as they are', () => {
    for (let seed = 0; seed < 6; seed++) {
      const changed = replaceOutside(picture, lungs, distanceTo(lungs), undefined, seededRandom(seed));
      const difference = changed.shades.map((shade, at) => Math.abs(shade - (picture.shades[at] ?? 0)));
      const inLungs = difference.filter((_, at) => (lungs.bits[at] ?? 0) > 0);
      expect(inLungs.reduce((sum, by) => sum + by, 0) / inLungs.length).toBeLessThan(0.01);
    }
  });
});

describe('a picture that is looked at in the crop of its lungs', () => {
  it('is shown as the services show it', () => {
    const served = cropShades(picture.shades, side, cropBox(lungs));
    expect(cropToLungs(chest, side).picture.shades.every((shade, at) => shade === served[at])).toBe(true);
    expect(cropToLungs(chest, 160).picture.shades).toHaveLength(160 * 160);
  });

  it('is shown whole where no lungs were found, and nothing of it lies outside them', async () => {
    const nobody = { picture, lungs: drawn() };
    const { shades } = cropToLungs(nobody, side).picture;
    expect(shades.every((shade, at) => shade === picture.shades[at])).toBe(true);
    const { covered } = await augmentOnLungs(nobody, undefined, seededRandom(2), side);
    expect(covered.filter((share) => share === 1).length).toBeGreaterThan(25);
  });

  it('says of every cell how much of it the lungs cover, however they were moved', async () => {
    for (let seed = 0; seed < 8; seed++) {
      const shown = await augmentOnLungs(chest, undefined, seededRandom(seed), side);
      expect(shown.covered).toHaveLength(49);
      const covered = shown.covered.reduce((sum, share) => sum + share, 0) / 49;
      expect(covered).toBeGreaterThan(0.2);
      expect(covered).toBeLessThan(0.98);
    }
    expect((await augmentOnLungs(chest, undefined, seededRandom(1), 160)).covered).toHaveLength(25);
  });

  it('is the same for the same seed', async () => {
    const once = await augmentOnLungs(chest, picture, seededRandom(7), 160);
    const again = await augmentOnLungs(chest, picture, seededRandom(7), 160);
    expect(again.covered).toEqual(once.covered);
    expect(again.picture.shades.every((shade, at) => shade === once.picture.shades[at])).toBe(true);
  });

  it('is cropped to the lungs that a cropped border leaves', async () => {
    const cropped = await treatChest(chest, 'border cropped', undefined, seededRandom(1), side);
    const plain = cropToLungs(chest, side);
    const difference = cropped.picture.shades.map((shade, at) =>
      Math.abs(shade - (plain.picture.shades[at] ?? 0)),
    );
    expect(difference.reduce((sum, by) => sum + by, 0) / difference.length).toBeLessThan(0.02);
  });

  it('is never treated as whole pictures are', async () => {
    await expect(treatChest(chest, 'robust', undefined, seededRandom(1), side)).rejects.toThrow(RangeError);
  });
});
