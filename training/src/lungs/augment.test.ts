import { seededRandom } from '@lucency/statistics';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../augmentation/picture.js';
import { augmentMasked, type Masked } from './augment.js';
import { replaceOutside } from './outside.js';
import { shuffleTiles } from './shuffled-tiles.js';

const side = 128;

function drawn(shade: (x: number, y: number) => number): Picture {
  return {
    side,
    shades: Float32Array.from({ length: side * side }, (_, at) => shade(at % side, Math.floor(at / side))),
  };
}

const isLung = (x: number, y: number) =>
  y > 30 && y < 100 && ((x > 25 && x < 55) || (x > 73 && x < 103)) ? 1 : 0;
const example: Masked = { picture: drawn((x, y) => 0.7 - 0.5 * isLung(x, y)), mask: drawn(isLung) };
const other = drawn((x) => x / side);

describe('augmentation of pictures with masks', () => {
  it('gives the same for the same seed and another for another', () => {
    const first = augmentMasked(example, other, seededRandom(3));
    expect(augmentMasked(example, other, seededRandom(3))).toEqual(first);
    expect(augmentMasked(example, other, seededRandom(4))).not.toEqual(first);
  });

  it('moves the mask with the picture: where it says lung, the picture differs from the rest', () => {
    let apart = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const { picture, mask } = augmentMasked(example, other, seededRandom(seed));
      const mean = (inside: boolean) => {
        const at = [...mask.shades.keys()].filter((place) => (mask.shades[place] ?? 0) > 0.5 === inside);
        return at.reduce((sum, place) => sum + (picture.shades[place] ?? 0), 0) / Math.max(1, at.length);
      };
      if (Math.abs(mean(true) - mean(false)) > 0.05) apart += 1;
    }
    expect(apart).toBeGreaterThan(32);
  });

  it('leaves the lungs as they are when it replaces what lies around them', () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const replaced = replaceOutside(example, other, seededRandom(seed));
      expect(replaced.shades[60 * side + 40]).toBeCloseTo(0.2, 2);
      expect(replaced.shades[60 * side + 88]).toBeCloseTo(0.2, 2);
    }
  });

  it('shuffles tiles without losing a shade', () => {
    const shuffled = shuffleTiles(example.picture, seededRandom(1));
    expect(shuffled.shades).not.toEqual(example.picture.shades);
    expect([...shuffled.shades].sort()).toEqual([...example.picture.shades].sort());
  });
});
