import type { Point } from '@lucency/contracts';
import { contours } from 'd3-contour';
import type { LungMask } from './mask.js';

/** Rings around less than this share of the picture are specks or pinholes of the mask. */
const smallestRing = 0.001;
/** How far a left-out point may lie from the line drawn without it, in shares of the picture. */
const tolerance = 0.001;

/**
 * Closed lines around the lungs and around what they leave out, in shares of the picture; the last point of each is
 * followed by the first. They run between pixels, where the probability of lung passes one half.
 * @param probabilities those that the mask was made of.
 */
export function outlineOf({ side, bits }: LungMask, probabilities: Float32Array): Point[][] {
  // What is likely lung but no part of the two lungs has no line.
  const values = Array.from(bits, (bit, at) => {
    const probability = probabilities[at] ?? 0;
    return bit || probability <= 0.5 ? probability : 0;
  });
  const { coordinates } = contours().size([side, side]).contour(values, 0.5);
  return coordinates
    .flat()
    .map((ring) => ring.slice(0, -1).map(([x = 0, y = 0]) => ({ x: x / side, y: y / side })))
    .filter((ring) => areaOf(ring) >= smallestRing)
    .map((ring) => simplified(ring).map(({ x, y }) => ({ x: rounded(x), y: rounded(y) })));
}

/** A ten-thousandth is a third of a pixel of a large X-ray. */
function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4;
}

/** The shoelace formula. */
function areaOf(ring: readonly Point[]): number {
  let twice = 0;
  ring.forEach(({ x, y }, at) => {
    const next = ring[(at + 1) % ring.length] ?? { x, y };
    twice += x * next.y - next.x * y;
  });
  return Math.abs(twice) / 2;
}

/** Douglas and Peucker 1973, on the two halves between a point and the one farthest from it. */
function simplified(ring: readonly Point[]): Point[] {
  const [first] = ring;
  if (!first) return [];
  const far = indexOfMost(ring, ({ x, y }) => Math.hypot(x - first.x, y - first.y)).index;
  const there = kept(ring.slice(0, far + 1));
  const back = kept([...ring.slice(far), first]);
  return [...there.slice(0, -1), ...back.slice(0, -1)];
}

/** The points of an open line that it needs; both ends are. */
function kept(line: readonly Point[]): Point[] {
  const [from, to] = [line[0], line.at(-1)];
  if (!from || !to || line.length < 3) return [...line];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const { index, most } = indexOfMost(line, ({ x, y }) =>
    length === 0
      ? Math.hypot(x - from.x, y - from.y)
      : Math.abs((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)) / length,
  );
  if (most <= tolerance) return [from, to];
  return [...kept(line.slice(0, index + 1)).slice(0, -1), ...kept(line.slice(index))];
}

function indexOfMost(points: readonly Point[], measure: (point: Point) => number) {
  let [index, most] = [0, -1];
  points.forEach((point, at) => {
    const measured = measure(point);
    if (measured > most) [index, most] = [at, measured];
  });
  return { index, most };
}
