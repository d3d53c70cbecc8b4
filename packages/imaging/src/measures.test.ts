import { describe, expect, it } from 'vitest';
import { borderShareOf } from './border.js';
import { inputSide } from './decode.js';
import { mirroredGrid, toGrid, turned } from './shades.js';
import { measureTexture } from './texture.js';

function draw(shade: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: inputSide ** 2 }, (_, at) =>
    shade(at % inputSide, Math.floor(at / inputSide)),
  );
}

describe('what is measured', () => {
  it('calls a blurred picture less sharp, by the variance of the Laplacian', () => {
    const fine = draw((x, y) => 0.5 + 0.2 * Math.sin(2 * x) * Math.sin(2 * y));
    const soft = draw((x, y) => 0.5 + 0.2 * Math.sin(x / 9) * Math.sin(y / 9));
    expect(measureTexture(fine).sharpness).toBeGreaterThan(measureTexture(soft).sharpness + 2);
  });

  it('finds drawn areas of exactly one shade, and steps that no tissue makes', () => {
    const cards = draw((x, y) => ((x >> 5) + (y >> 5)) % 2);
    const { evenShare, hardEdgeShare } = measureTexture(cards);
    expect(evenShare).toBeGreaterThan(0.9);
    expect(hardEdgeShare).toBeGreaterThan(0.04);
  });

  it('counts flat margins as border, whatever their shade, and nothing within', () => {
    const within = (x: number, y: number) => x >= 28 && x < 196 && y >= 56 && y < 168;
    const boxed = draw((x, y) => (within(x, y) ? (x + y) % 2 : 0.4));
    expect(borderShareOf(boxed)).toBeCloseTo(1 - (168 * 112) / inputSide ** 2, 6);
    expect(borderShareOf(draw((x, y) => (x + y) % 2))).toBe(0);
    expect(borderShareOf(draw(() => 0.7))).toBe(1);
  });
});

describe('the coarse grid', () => {
  const corner = toGrid(draw((x, y) => (x < 14 && y < 14 ? 1 : 0)));

  it('has mean 0 and deviation 1, however the picture was exposed', () => {
    const faint = toGrid(draw((x, y) => (x < 14 && y < 14 ? 0.5 : 0.4)));
    expect(corner.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 3);
    expect(corner.reduce((sum, value) => sum + value * value, 0) / 256).toBeCloseTo(1, 3);
    faint.forEach((value, at) => {
      expect(value).toBeCloseTo(corner[at] ?? 0, 3);
    });
  });

  it('turns clockwise, and mirrors left and right', () => {
    const brightest = (grid: Float32Array) => grid.indexOf(Math.max(...grid));
    expect(brightest(corner)).toBe(0);
    expect(brightest(turned(corner))).toBe(15);
    expect(brightest(turned(turned(corner)))).toBe(255);
    expect(brightest(mirroredGrid(corner))).toBe(15);
  });
});
