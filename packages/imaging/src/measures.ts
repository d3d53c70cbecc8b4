import { inputSide } from './decode.js';
import { gridSide, typicalChest } from './typical-chest.js';

/** What the quality gate looks at, measured on the 224 x 224 picture. Shades and shares run from 0 to 1. */
export interface QualityMeasures {
  /** Longer side over shorter side of the original. */
  aspectRatio: number;
  /** Mean shade. */
  brightness: number;
  /** Standard deviation of the shades. */
  contrast: number;
  /** Shade above all but 1 % of the pixels minus shade below all but 1 %. */
  range: number;
  /** Shannon entropy of the histogram of 64 shades, in bits: 0 to 6. */
  entropy: number;
  /** Mean difference between the strongest and the weakest of red, green and blue. */
  saturation: number;
  /** Share of pixels that differ by more than 0.15 between red, green and blue. */
  colouredShare: number;
  /** Largest share of pixels within one thirty-second of the shades, leaving out the darkest eighth. */
  flatShare: number;
  /** Share of pixels that differ from a direct neighbour by more than 0.3. */
  hardEdgeShare: number;
  /** Pearson correlation with the average frontal chest X-ray on a grid of 16 x 16; negative for a negative. */
  likeness: number;
}

/** @param input [224, 224, 3] of Float32 in 0..1, row-major RGB. */
export function measure(input: Float32Array, width: number, height: number): QualityMeasures {
  const shades = toShades(input);
  const { saturation, colouredShare } = measureColour(input);
  const histogram = histogramOf(shades, 256);
  const brightness = mean(shades);
  return {
    aspectRatio: Math.max(width, height) / Math.min(width, height),
    brightness,
    contrast: deviation(shades, brightness),
    range: shadeAbove(histogram, 0.99) - shadeAbove(histogram, 0.01),
    entropy: entropyOf(histogramOf(shades, 64)),
    saturation,
    colouredShare,
    flatShare: histogramOf(shades, 32)
      .slice(4)
      .reduce((top, share) => Math.max(top, share), 0),
    hardEdgeShare: hardEdgeShareOf(shades),
    likeness: correlation(toGrid(shades), typicalChest),
  };
}

function toShades(input: Float32Array): Float32Array {
  const shades = new Float32Array(inputSide * inputSide);
  for (let pixel = 0; pixel < shades.length; pixel += 1) {
    const at = pixel * 3;
    // ITU-R BT.601 luma
    shades[pixel] = 0.299 * (input[at] ?? 0) + 0.587 * (input[at + 1] ?? 0) + 0.114 * (input[at + 2] ?? 0);
  }
  return shades;
}

function measureColour(input: Float32Array): { saturation: number; colouredShare: number } {
  const pixels = input.length / 3;
  let sum = 0;
  let coloured = 0;
  for (let at = 0; at < input.length; at += 3) {
    const red = input[at] ?? 0;
    const green = input[at + 1] ?? 0;
    const blue = input[at + 2] ?? 0;
    const difference = Math.max(red, green, blue) - Math.min(red, green, blue);
    sum += difference;
    if (difference > 0.15) coloured += 1;
  }
  return { saturation: sum / pixels, colouredShare: coloured / pixels };
}

/** @returns the share of pixels in each of `bins` equal steps of shade. */
function histogramOf(shades: Float32Array, bins: number): Float64Array {
  const counts = new Float64Array(bins);
  for (const shade of shades) {
    const bin = Math.min(bins - 1, Math.floor(shade * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count) => count / shades.length);
}

function shadeAbove(histogram: Float64Array, share: number): number {
  let below = 0;
  const bin = histogram.findIndex((part) => {
    below += part;
    return below >= share;
  });
  return (bin < 0 ? histogram.length : bin) / histogram.length;
}

function entropyOf(histogram: Float64Array): number {
  return histogram.reduce((bits, share) => (share > 0 ? bits - share * Math.log2(share) : bits), 0);
}

function hardEdgeShareOf(shades: Float32Array): number {
  let hard = 0;
  for (let at = 0; at < shades.length - inputSide; at += 1) {
    const shade = shades[at] ?? 0;
    const right = (at + 1) % inputSide === 0 ? shade : (shades[at + 1] ?? 0);
    const below = shades[at + inputSide] ?? 0;
    if (Math.abs(shade - right) > 0.3 || Math.abs(shade - below) > 0.3) hard += 1;
  }
  return hard / shades.length;
}

function toGrid(shades: Float32Array): Float32Array {
  const cell = inputSide / gridSide;
  const sums = new Float32Array(gridSide * gridSide);
  for (let row = 0; row < inputSide; row += 1) {
    const first = Math.floor(row / cell) * gridSide;
    for (let column = 0; column < inputSide; column += 1) {
      const at = first + Math.floor(column / cell);
      sums[at] = (sums[at] ?? 0) + (shades[row * inputSide + column] ?? 0);
    }
  }
  return sums.map((sum) => sum / cell ** 2);
}

function correlation(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const meanOne = mean(one);
  const meanOther = mean(other);
  let both = 0;
  let squaresOne = 0;
  let squaresOther = 0;
  for (let at = 0; at < one.length; at += 1) {
    const a = (one[at] ?? 0) - meanOne;
    const b = (other[at] ?? 0) - meanOther;
    both += a * b;
    squaresOne += a * a;
    squaresOther += b * b;
  }
  return squaresOne * squaresOther > 0 ? both / Math.sqrt(squaresOne * squaresOther) : 0;
}

function deviation(values: Float32Array, around: number): number {
  let sum = 0;
  for (const value of values) sum += (value - around) * (value - around);
  return Math.sqrt(sum / values.length);
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] ?? 0;
  return sum / values.length;
}
