import { expect, it } from 'vitest';
import { maskOf } from './mask.js';
import { outlineOf } from './outline.js';

const side = 128;
/** A network is unsure over about a pixel on either side of an edge. */
const unsure = 0.008;

/** Outline of what lies so far inside an edge, in shares of the picture; below 0 is outside. */
function outlined(depth: (x: number, y: number) => number) {
  const probabilities = Float32Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [((at % side) + 0.5) / side, (Math.floor(at / side) + 0.5) / side];
    return 1 / (1 + Math.exp(-depth(x, y) / unsure));
  });
  return outlineOf(maskOf(probabilities, side), probabilities);
}

const disc = (x: number, y: number, atX: number, atY: number, radius: number) =>
  radius - Math.hypot(x - atX, y - atY);
const twoLungs = (x: number, y: number) => Math.max(disc(x, y, 0.28, 0.5, 0.18), disc(x, y, 0.72, 0.5, 0.18));

it('runs around each lung where it ends, within a third of a pixel and without the steps of pixels', () => {
  const outline = outlined(twoLungs);
  expect(outline).toHaveLength(2);
  for (const ring of outline) {
    const middle = (ring[0]?.x ?? 0) < 0.5 ? 0.28 : 0.72;
    for (const { x, y } of ring) expect(Math.abs(disc(x, y, middle, 0.5, 0.18))).toBeLessThan(0.33 / side);
    const turns = ring.map((point, at) => {
      const [before, after] = [ring.at(at - 1) ?? point, ring[(at + 1) % ring.length] ?? point];
      const way = Math.atan2(point.y - before.y, point.x - before.x);
      const on = Math.atan2(after.y - point.y, after.x - point.x);
      return Math.abs(Math.atan2(Math.sin(on - way), Math.cos(on - way)));
    });
    // A step of a pixel is two turns of 90 degrees.
    expect(Math.max(...turns)).toBeLessThan(Math.PI / 6);
  }
});

it('needs a few dozen points a lung', () => {
  for (const ring of outlined(twoLungs)) {
    expect(ring.length).toBeGreaterThan(12);
    expect(ring.length).toBeLessThan(80);
  }
});

it('runs around what a lung leaves out, but not around specks or a third part', () => {
  expect(outlined((x, y) => Math.min(disc(x, y, 0.5, 0.5, 0.3), -disc(x, y, 0.5, 0.5, 0.1)))).toHaveLength(2);
  expect(outlined((x, y) => Math.max(twoLungs(x, y), disc(x, y, 0.9, 0.9, 0.012)))).toHaveLength(2);
  expect(outlined((x, y) => Math.max(twoLungs(x, y), disc(x, y, 0.5, 0.85, 0.1)))).toHaveLength(2);
});

it('closes along the edge where lungs reach beyond the picture, and never leaves it', () => {
  const [ring = []] = outlined((x) => 0.25 - x);
  expect(Math.min(...ring.map(({ x }) => x))).toBe(0);
  expect(Math.max(...ring.map(({ x }) => x))).toBeCloseTo(0.25, 2);
  expect(ring.map(({ y }) => y)).toEqual(expect.arrayContaining([0, 1]));
});

it('is nothing where there are no lungs', () => {
  expect(outlined(() => -1)).toEqual([]);
});
