// The blurred start of insertion as its authors chose it (RISE, Petsiuk et al. 2018).
const kernelWidth = 11;
const sigma = 5;

const reach = (kernelWidth - 1) / 2;
const kernel = Array.from({ length: kernelWidth }, (_, at) =>
  Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)),
);
const kernelSum = kernel.reduce((sum, weight) => sum + weight, 0);

/**
 * Gaussian blur; beyond the border the edge value continues.
 * @param picture [side, side, 3] of Float32, row-major.
 */
export function blur(picture: Float32Array, side: number): Float32Array {
  return smear(smear(picture, side, 3, side * 3), side, side * 3, 3);
}

/** One direction: `step` leads to the neighbour along it, `across` to the next line. */
function smear(picture: Float32Array, side: number, step: number, across: number): Float32Array {
  const blurred = new Float32Array(picture.length);
  for (let line = 0; line < side; line += 1) {
    for (let place = 0; place < side; place += 1) {
      for (let band = 0; band < 3; band += 1) {
        let sum = 0;
        for (let offset = -reach; offset <= reach; offset += 1) {
          const neighbour = Math.min(side - 1, Math.max(0, place + offset));
          sum += (picture[line * across + neighbour * step + band] ?? 0) * (kernel[offset + reach] ?? 0);
        }
        blurred[line * across + place * step + band] = sum / kernelSum;
      }
    }
  }
  return blurred;
}
