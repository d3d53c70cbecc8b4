import { inputSide } from './decode.js';

/** Side of the coarse grid that shape and orientation are judged on, in cells. */
export const gridSide = 16;

/** @param rgb [224, 224, 3] of Float32 in 0..1. @returns ITU-R BT.601 luma, [224, 224] in 0..1, row-major. */
export function toShades(rgb: Float32Array): Float32Array {
  const shades = new Float32Array(inputSide * inputSide);
  for (let pixel = 0; pixel < shades.length; pixel += 1) {
    const at = pixel * 3;
    shades[pixel] = 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0);
  }
  return shades;
}

/** @returns [16, 16], the means of 14 x 14 pixels each, brought to mean 0 and deviation 1; zeros for a flat picture. */
export function toGrid(shades: Float32Array): Float32Array {
  const cell = inputSide / gridSide;
  const cells = new Float32Array(gridSide * gridSide);
  for (let row = 0; row < inputSide; row += 1) {
    const first = Math.floor(row / cell) * gridSide;
    for (let column = 0; column < inputSide; column += 1) {
      const at = first + Math.floor(column / cell);
      cells[at] = (cells[at] ?? 0) + (shades[row * inputSide + column] ?? 0);
    }
  }
  const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
  const centred = cells.map((value) => value - mean);
  const deviation = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / cells.length);
  return deviation > 1e-6 * cell * cell ? centred.map((value) => value / deviation) : centred.fill(0);
}

/** The grid turned by a quarter, clockwise. */
export function turned(grid: Float32Array): Float32Array {
  return grid.map((_, at) => {
    const [row, column] = [Math.floor(at / gridSide), at % gridSide];
    return grid[(gridSide - 1 - column) * gridSide + row] ?? 0;
  });
}

/** The grid with left and right exchanged. */
export function mirroredGrid(grid: Float32Array): Float32Array {
  return grid.map((_, at) => grid[at - 2 * (at % gridSide) + gridSide - 1] ?? 0);
}
