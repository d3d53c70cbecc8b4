import { type Component, componentsOf } from './components.js';
import { smallestLung } from './mask.js';

/** What tells the lungs of a frontal chest X-ray from whatever else a network takes for lungs. Shares run 0 to 1. */
export interface LungMeasures {
  /** Of the picture, all parts of at least 1 % together. */
  readonly area: number;
  /** Of that area, what the two largest parts hold. */
  readonly inTwo: number;
  /** Mean probability where lung is more likely than not. */
  readonly confidence: number;
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
  ratio: 0,
  apart: 0,
  heightBetween: 1,
  heightRatio: 0,
};

/** @param probabilities `[side, side]`, row-major. */
export function measureLungs(probabilities: Float32Array, side: number): LungMeasures {
  const bits = Uint8Array.from(probabilities, (probability) => (probability > 0.5 ? 1 : 0));
  const parts = componentsOf({ side, bits }).components.filter(
    ({ area }) => area >= smallestLung * side * side,
  );
  const [first, second] = parts;
  if (!first) return nothing;
  const all = parts.reduce((sum, { area }) => sum + area, 0);
  const alone = {
    area: all / (side * side),
    inTwo: first.area / all,
    confidence: confidenceOf(probabilities),
  };
  if (!second) return { ...nothing, ...alone };
  return { ...alone, inTwo: (first.area + second.area) / all, ...compared(first, second, side) };
}

function compared(larger: Component, smaller: Component, side: number) {
  const heights = [larger.bottom - larger.top, smaller.bottom - smaller.top];
  return {
    ratio: smaller.area / larger.area,
    apart: Math.abs(larger.centre.x - smaller.centre.x) / side,
    heightBetween: Math.abs(larger.centre.y - smaller.centre.y) / side,
    heightRatio: Math.min(...heights) / Math.max(...heights),
  };
}

function confidenceOf(probabilities: Float32Array): number {
  let [sum, count] = [0, 0];
  for (const probability of probabilities) {
    if (probability <= 0.5) continue;
    sum += probability;
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}
