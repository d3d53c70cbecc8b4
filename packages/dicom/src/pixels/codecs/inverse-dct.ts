export const blockSide = 8;

/** The basis functions of ITU-T T.81, A.3.3, at each of the eight places. */
const basis = Float64Array.from({ length: blockSide * blockSide }, (_, at) => {
  const place = Math.floor(at / blockSide);
  const frequency = at % blockSide;
  const scale = frequency === 0 ? Math.SQRT1_2 : 1;
  return (scale / 2) * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16);
});

/** The inverse discrete cosine transform of a block, rows and then columns; it keeps its buffers. */
export class InverseDct {
  readonly #rows = new Float64Array(blockSide * blockSide);
  readonly #block = new Float64Array(blockSide * blockSide);

  /** @returns the block, valid until the next call. */
  transform(coefficients: Float64Array): Float64Array {
    const [rows, block] = [this.#rows, this.#block];
    for (let v = 0; v < blockSide; v += 1)
      for (let x = 0; x < blockSide; x += 1) {
        let sum = 0;
        for (let u = 0; u < blockSide; u += 1)
          sum += (coefficients[v * blockSide + u] ?? 0) * (basis[x * blockSide + u] ?? 0);
        rows[v * blockSide + x] = sum;
      }
    for (let x = 0; x < blockSide; x += 1)
      for (let y = 0; y < blockSide; y += 1) {
        let sum = 0;
        for (let v = 0; v < blockSide; v += 1)
          sum += (rows[v * blockSide + x] ?? 0) * (basis[y * blockSide + v] ?? 0);
        block[y * blockSide + x] = sum;
      }
    return block;
  }
}
