import { normal, seededRandom } from '@lucency/statistics';

export interface Component {
  /** Of length 1. */
  readonly direction: Float64Array;
  /** Standard deviation of the rows along it. */
  readonly deviation: number;
}

const iterations = 40;

/** The `count` strongest principal components of rows around their `mean`, by orthogonal iteration. */
export function principalComponents(
  rows: readonly ArrayLike<number>[],
  mean: ArrayLike<number>,
  count: number,
): Component[] {
  const size = mean.length;
  const covariance = covarianceOf(rows, mean);
  const random = seededRandom(1);
  let basis: Float64Array[] = Array.from({ length: count }, () =>
    Float64Array.from({ length: size }, () => normal(random)),
  );
  let lengths: number[] = [];
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const { vectors, norms } = orthonormal(basis.map((vector) => product(covariance, vector)));
    basis = vectors;
    lengths = norms;
  }
  return basis.map((direction, at) => ({ direction, deviation: Math.sqrt(lengths[at] ?? 0) }));
}

function covarianceOf(rows: readonly ArrayLike<number>[], mean: ArrayLike<number>): Float64Array[] {
  const size = mean.length;
  const sums = Array.from({ length: size }, () => new Float64Array(size));
  const centred = new Float64Array(size);
  for (const row of rows) {
    for (let at = 0; at < size; at += 1) centred[at] = (row[at] ?? 0) - (mean[at] ?? 0);
    sums.forEach((line, one) => {
      const value = centred[one] ?? 0;
      for (let other = 0; other < size; other += 1)
        line[other] = (line[other] ?? 0) + value * (centred[other] ?? 0);
    });
  }
  return sums.map((line) => line.map((value) => value / rows.length));
}

function product(matrix: readonly Float64Array[], vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) =>
    row.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0),
  );
}

/** Gram-Schmidt, with the length of what was left of each. */
function orthonormal(vectors: readonly Float64Array[]): { vectors: Float64Array[]; norms: number[] } {
  const done: Float64Array[] = [];
  const norms: number[] = [];
  for (const vector of vectors) {
    let rest = vector;
    for (const other of done) {
      const along = rest.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
      rest = rest.map((value, at) => value - along * (other[at] ?? 0));
    }
    const length = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    norms.push(length);
    done.push(rest.map((value) => value / (length || 1)));
  }
  return { vectors: done, norms };
}
