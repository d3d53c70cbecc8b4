import { inputSide } from './decode.js';

/** What neighbouring pixels of [224, 224] shades tell. */
export interface Texture {
  /** Base-10 logarithm of the variance of the Laplacian (Pech-Pacheco et al. 2000): low when blurred. */
  sharpness: number;
  /** Share of pixels that differ from a direct neighbour by more than 0.3. */
  hardEdgeShare: number;
  /** Share of pixels whose right and lower neighbours have exactly their shade, to 1/255: drawn, not taken. */
  evenShare: number;
}

const blackest = 1e-8;

export function measureTexture(shades: Float32Array): Texture {
  let hard = 0;
  let even = 0;
  let sum = 0;
  let squares = 0;
  const side = inputSide - 1;
  for (let row = 1; row < side; row += 1) {
    for (let column = 1; column < side; column += 1) {
      const at = row * inputSide + column;
      const shade = shades[at] ?? 0;
      const right = shades[at + 1] ?? 0;
      const below = shades[at + inputSide] ?? 0;
      const step = Math.max(Math.abs(shade - right), Math.abs(shade - below));
      if (step > 0.3) hard += 1;
      if (step < 0.5 / 255) even += 1;
      const laplacian = (shades[at - 1] ?? 0) + right + (shades[at - inputSide] ?? 0) + below - 4 * shade;
      sum += laplacian;
      squares += laplacian * laplacian;
    }
  }
  const pixels = (side - 1) ** 2;
  const variance = squares / pixels - (sum / pixels) ** 2;
  return {
    sharpness: Math.log10(Math.max(blackest, variance)),
    hardEdgeShare: hard / pixels,
    evenShare: even / pixels,
  };
}
