import { inputSize } from '../architecture.js';

/**
 * The drawn input that model cards call `drawn-chest-1`: a body, two darker lungs, a heart and ribs, from
 * ellipses with soft edges. Float32 `[224, 224, 3]`, 0-1, the three channels alike. Rounded to 8 bits, so that
 * it is the same on every machine.
 */
export function drawGoldenInput(): Float32Array {
  const input = new Float32Array(inputSize * inputSize * 3);
  for (let row = 0; row < inputSize; row++)
    for (let column = 0; column < inputSize; column++) {
      const grey = Math.round(255 * chest(row / inputSize, column / inputSize)) / 255;
      input.fill(grey, (row * inputSize + column) * 3, (row * inputSize + column) * 3 + 3);
    }
  return input;
}

/** Brightness at a place, both coordinates 0-1 from the upper left. */
function chest(y: number, x: number): number {
  const body = 0.08 + 0.6 * inside(y, x, 0.6, 0.5, 0.62, 0.46);
  const lungs = inside(y, x, 0.47, 0.31, 0.3, 0.13) + inside(y, x, 0.47, 0.69, 0.3, 0.13);
  const heart = 0.3 * inside(y, x, 0.62, 0.56, 0.16, 0.13);
  const ribs = 0.06 * lungs * Math.sin(60 * (y - 0.25 * (x - 0.5) ** 2));
  return Math.min(1, Math.max(0, body - 0.42 * lungs + heart + ribs));
}

/** 1 within an ellipse, 0 outside, a logistic edge between. */
function inside(
  y: number,
  x: number,
  centreY: number,
  centreX: number,
  halfHeight: number,
  halfWidth: number,
) {
  const distance = ((y - centreY) / halfHeight) ** 2 + ((x - centreX) / halfWidth) ** 2;
  return 1 / (1 + Math.exp(12 * (distance - 1)));
}
