import { expect, it } from 'vitest';
import type { LungMask } from './mask.js';
import { outlineOf } from './outline.js';

const side = 128;

/** Pixels whose centre, in shares of the picture, is inside. */
function drawn(isInside: (x: number, y: number) => boolean): LungMask {
  const bits = Uint8Array.from({ length: side * side }, (_, at) =>
    isInside(((at % side) + 0.5) / side, (Math.floor(at / side) + 0.5) / side) ? 1 : 0,
  );
  return { side, bits };
}

const within = (x: number, y: number, atX: number, atY: number, radius: number) =>
  Math.hypot(x - atX, y - atY) < radius;
const twoLungs = drawn((x, y) => within(x, y, 0.28, 0.5, 0.18) || within(x, y, 0.72, 0.5, 0.18));

it('runs around each lung where it ends, within a pixel and without the steps of pixels', () => {
  const outline = outlineOf(twoLungs);
  expect(outline).toHaveLength(2);
  for (const ring of outline) {
    const middle = (ring[0]?.x ?? 0) < 0.5 ? 0.28 : 0.72;
    const radii = ring.map(({ x, y }) => Math.hypot(x - middle, y - 0.5));
    expect(Math.min(...radii)).toBeGreaterThan(0.18 - 1 / side);
    expect(Math.max(...radii)).toBeLessThan(0.18 + 1 / side);
    const turns = ring.map((point, at) => {
      const [before, after] = [ring.at(at - 1) ?? point, ring[(at + 1) % ring.length] ?? point];
      const way = Math.atan2(point.y - before.y, point.x - before.x);
      const on = Math.atan2(after.y - point.y, after.x - point.x);
      return Math.abs(Math.atan2(Math.sin(on - way), Math.cos(on - way)));
    });
    // A step of a pixel is two turns of 90 degrees.
    expect(Math.max(...turns)).toBeLessThan(Math.PI / 4);
  }
});

it('needs a few dozen points a lung', () => {
  for (const ring of outlineOf(twoLungs)) {
    expect(ring.length).toBeGreaterThan(12);
    expect(ring.length).toBeLessThan(60);
  }
});

it('runs around what a lung leaves out, but not around specks', () => {
  const hollow = drawn((x, y) => within(x, y, 0.5, 0.5, 0.3) && !within(x, y, 0.5, 0.5, 0.1));
  expect(outlineOf(hollow)).toHaveLength(2);
  const specked = drawn((x, y) => within(x, y, 0.3, 0.3, 0.2) || within(x, y, 0.9, 0.9, 0.012));
  expect(outlineOf(specked)).toHaveLength(1);
});

it('closes along the edge where lungs reach beyond the picture', () => {
  const [ring = []] = outlineOf(drawn((x) => x < 0.25));
  expect(Math.min(...ring.map(({ x }) => x))).toBe(0);
  expect(Math.max(...ring.map(({ x }) => x))).toBeCloseTo(0.25, 2);
  expect(Math.max(...ring.map(({ y }) => y))).toBe(1);
});

it('lies in the part of the original that was read', () => {
  const all = outlineOf(
    drawn(() => true),
    { x: 0.25, y: 0.5, width: 0.5, height: 0.25 },
  ).flat();
  expect(Math.min(...all.map(({ x }) => x))).toBe(0.25);
  expect(Math.max(...all.map(({ x }) => x))).toBe(0.75);
  expect(Math.min(...all.map(({ y }) => y))).toBe(0.5);
  expect(Math.max(...all.map(({ y }) => y))).toBe(0.75);
});

it('is nothing where there are no lungs', () => {
  expect(outlineOf(drawn(() => false))).toEqual([]);
});
