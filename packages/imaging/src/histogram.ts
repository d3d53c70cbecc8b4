/** @returns the share of pixels in each of `bins` equal steps of shade. */
export function histogramOf(shades: Float32Array, bins: number): Float64Array {
  const counts = new Float64Array(bins);
  for (const shade of shades) {
    const bin = Math.min(bins - 1, Math.floor(shade * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count) => count / shades.length);
}

/** The shade that `share` of the pixels do not exceed. */
export function shadeAbove(histogram: Float64Array, share: number): number {
  let below = 0;
  const bin = histogram.findIndex((part) => {
    below += part;
    return below >= share;
  });
  return (bin < 0 ? histogram.length : bin) / histogram.length;
}

/** Shannon entropy in bits. */
export function entropyOf(histogram: Float64Array): number {
  return histogram.reduce((bits, share) => (share > 0 ? bits - share * Math.log2(share) : bits), 0);
}
