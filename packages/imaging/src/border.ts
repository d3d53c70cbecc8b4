import { inputSide } from './decode.js';

/** A row or column belongs to the border while its shades differ by no more than this. */
const flatDeviation = 0.02;

/**
 * Share of the picture that flat margins take, as collimation and letterboxes leave them: 0 to 1.
 * @param shades [224, 224] in 0..1.
 */
export function borderShareOf(shades: Float32Array): number {
  const rows = Array.from({ length: inputSide }, (_, row) => isFlat(shades, row * inputSide, 1));
  const columns = Array.from({ length: inputSide }, (_, column) => isFlat(shades, column, inputSide));
  return 1 - (inner(rows) * inner(columns)) / inputSide ** 2;
}

function isFlat(shades: Float32Array, first: number, step: number): boolean {
  let sum = 0;
  let squares = 0;
  for (let place = 0; place < inputSide; place += 1) {
    const shade = shades[first + place * step] ?? 0;
    sum += shade;
    squares += shade * shade;
  }
  const mean = sum / inputSide;
  return squares / inputSide - mean * mean < flatDeviation ** 2;
}

/** From the first line that is not flat to the last. */
function inner(flat: readonly boolean[]): number {
  const first = flat.indexOf(false);
  return first < 0 ? 0 : flat.lastIndexOf(false) - first + 1;
}
