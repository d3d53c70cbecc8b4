import { type Region, wholePicture } from '@lucency/contracts';
import { componentsOf } from './components.js';

/** Where the lungs are in a square picture, row-major: 1 inside, 0 outside. */
export interface LungMask {
  readonly side: number;
  readonly bits: Uint8Array;
}

/** A spot smaller than this share of the picture is no lung. */
export const smallestLung = 0.01;

/** The two largest connected parts of what is more likely lung than not. */
export function maskOf(probabilities: Float32Array, side: number): LungMask {
  const bits = Uint8Array.from(probabilities, (probability) => (probability > 0.5 ? 1 : 0));
  const { labels, components } = componentsOf({ side, bits });
  const lungs = new Set(
    components
      .filter(({ area }) => area >= smallestLung * side * side)
      .slice(0, 2)
      .map(({ label }) => label),
  );
  return { side, bits: Uint8Array.from(labels, (label) => (lungs.has(label) ? 1 : 0)) };
}

/** Share of the picture that the lungs cover. */
export function coverageOf({ bits }: LungMask): number {
  let covered = 0;
  for (const bit of bits) covered += bit;
  return covered / bits.length;
}

export { type Region, wholePicture };

/** The smallest upright rectangle around the lungs; null where there are none. */
export function lungBox({ side, bits }: LungMask): Region | null {
  let [left, top, right, bottom] = [side, side, 0, 0];
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      if (!bits[row * side + column]) continue;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
    }
  if (right === 0) return null;
  return { x: left / side, y: top / side, width: (right - left) / side, height: (bottom - top) / side };
}
