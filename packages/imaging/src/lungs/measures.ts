import { type Component, componentsOf } from './components.js';
import { smallestLung } from './mask.js';

/** What tells the lungs of a frontal chest X-ray from whatever else a network takes for lungs. Shares run 0 to 1. */
export interface LungMeasures {
  /** Of the picture, all parts of at least 1 % together. */
  readonly area: number;
  /** Of that area, what the two largest parts hold. */
  readonly inTwo: number;
  /** Mean probability where lung is more likely than not, the edge left out: no edge is sure. */
  readonly confidence: number;
  /** Mean probability in the less sure of both lungs, edge and all. */
  readonly weaker: number;
  /** Height over width of the broader lung. */
  readonly slimness: number;
  /** Area of the smaller lung over that of the larger. */
  readonly ratio: number;
  /** Between the centres of both, of the picture's side: across and in height. */
  readonly apart: number;
  readonly heightBetween: number;
  /** Height of the lower lung over that of the higher. */
  readonly heightRatio: number;
}

const nothing: LungMeasures = {
  area: 0,
  inTwo: 0,
  confidence: 0,
  weaker: 0,
  slimness: 0,
  ratio: 0,
  apart: 0,
  heightBetween: 1,
  heightRatio: 0,
};

/** @param probabilities `[side, side]`, row-major. */
export function measureLungs(probabilities: Float32Array, side: number): LungMeasures {
  const bits = Uint8Array.from(probabilities, (probability) => (probability > 0.5 ? 1 : 0));
  const { labels, components } = componentsOf({ side, bits });
  const parts = components.filter(({ area }) => area >= smallestLung * side * side);
  const [first, second] = parts;
  if (!first) return nothing;
  const all = parts.reduce((sum, { area }) => sum + area, 0);
  const alone = {
    area: all / (side * side),
    inTwo: first.area / all,
    confidence: insideOf(probabilities, side),
  };
  if (!second) return { ...nothing, ...alone };
  const weaker = Math.min(
    ...[first, second].map(({ label }) => meanOf(probabilities, (at) => labels[at] === label)),
  );
  return { ...alone, weaker, inTwo: (first.area + second.area) / all, ...compared(first, second, side) };
}

function compared(larger: Component, smaller: Component, side: number) {
  const heights = [larger.bottom - larger.top, smaller.bottom - smaller.top];
  const slimness = Math.min(
    ...[larger, smaller].map(({ top, bottom, left, right }) => (bottom - top) / (right - left)),
  );
  return {
    slimness,
    ratio: smaller.area / larger.area,
    apart: Math.abs(larger.centre.x - smaller.centre.x) / side,
    heightBetween: Math.abs(larger.centre.y - smaller.centre.y) / side,
    heightRatio: Math.min(...heights) / Math.max(...heights),
  };
}

/** Pixels of an edge. */
const edge = 2;

/** Mean probability where it and everything within two pixels is more likely lung than not; 0 where that is nowhere. */
function insideOf(probabilities: Float32Array, side: number): number {
  const likely = (row: number, column: number) =>
    row < 0 || column < 0 || row >= side || column >= side || (probabilities[row * side + column] ?? 0) > 0.5
      ? 1
      : 0;
  return meanOf(probabilities, (at) => {
    if ((probabilities[at] ?? 0) <= 0.5) return false;
    const [row, column] = [Math.floor(at / side), at % side];
    for (let down = -edge; down <= edge; down += 1)
      for (let across = -edge; across <= edge; across += 1)
        if (!likely(row + down, column + across)) return false;
    return true;
  });
}

function meanOf(probabilities: Float32Array, counts: (at: number) => boolean): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < probabilities.length; at += 1) {
    if (!counts(at)) continue;
    sum += probabilities[at] ?? 0;
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}
