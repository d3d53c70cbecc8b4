import { type Classifier, features, type QualityMeasures, standardized } from '@lucency/imaging/gate';

const names = Object.keys(features);
const rounds = 25;
const decay = 1e-3;
/** Of the weight of all chests, what the drawn ones have: they must pass as samples, but X-rays say what a chest is. */
const shareOfDrawn = 0.15;

/**
 * Logistic regression of "a chest X-ray" on the standardized features and their squares: by the squares what is
 * unlike X-rays in either direction counts against a picture. Each group of counter-examples weighs alike, and all
 * together as much as the chests. Newton's method (iteratively reweighted least squares).
 */
export function fitClassifier(
  xRays: readonly QualityMeasures[],
  drawnChests: readonly QualityMeasures[],
  others: readonly (readonly QualityMeasures[])[],
): Classifier {
  const scales = names.map((name) => scaleOf(xRays.map((measures) => features[name]?.(measures) ?? 0)));
  const rowOf = (measures: QualityMeasures): number[] => [
    1,
    ...names.flatMap((name, at) => {
      const { z, square } = standardized(
        features[name]?.(measures) ?? 0,
        scales[at] ?? { mean: 0, deviation: 1 },
      );
      return [z, square];
    }),
  ];
  const samples = [
    ...xRays.map((measures) => ({
      row: rowOf(measures),
      label: 1,
      weight: (0.5 * (1 - shareOfDrawn)) / xRays.length,
    })),
    ...drawnChests.map((measures) => ({
      row: rowOf(measures),
      label: 1,
      weight: (0.5 * shareOfDrawn) / drawnChests.length,
    })),
    ...others.flatMap((group) =>
      group.map((measures) => ({
        row: rowOf(measures),
        label: 0,
        weight: 0.5 / (others.length * group.length),
      })),
    ),
  ];
  let weights = new Array<number>(1 + 2 * names.length).fill(0);
  for (let round = 0; round < rounds; round += 1) weights = newtonStep(samples, weights);
  const [intercept = 0, ...rest] = weights;
  return {
    intercept: rounded(intercept),
    threshold: 0,
    doubt: 0,
    terms: names.map((feature, at) => ({
      feature,
      mean: rounded(scales[at]?.mean ?? 0),
      deviation: rounded(scales[at]?.deviation ?? 1),
      linear: rounded(rest[2 * at] ?? 0),
      squared: rounded(rest[2 * at + 1] ?? 0),
    })),
  };
}

interface Sample {
  readonly row: readonly number[];
  readonly label: number;
  readonly weight: number;
}

function newtonStep(samples: readonly Sample[], weights: readonly number[]): number[] {
  const size = weights.length;
  const curvature = Array.from({ length: size }, (_, at) => {
    const line = new Float64Array(size + 1);
    line[at] = decay;
    // The last column is the right-hand side.
    line[size] = -decay * (weights[at] ?? 0);
    return line;
  });
  for (const { row, label, weight } of samples) {
    const logit = row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
    const probability = 1 / (1 + Math.exp(-logit));
    const spread = weight * Math.max(1e-4, probability * (1 - probability));
    curvature.forEach((line, one) => {
      const value = row[one] ?? 0;
      for (let other = 0; other < size; other += 1)
        line[other] = (line[other] ?? 0) + spread * value * (row[other] ?? 0);
      line[size] = (line[size] ?? 0) + weight * (label - probability) * value;
    });
  }
  const step = solve(curvature);
  return weights.map((weight, at) => weight + Math.min(1, Math.max(-1, step[at] ?? 0)));
}

/** Gauss-Jordan on a positive definite system with its right-hand side as the last column. */
function solve(lines: Float64Array[]): number[] {
  const size = lines.length;
  lines.forEach((pivot, at) => {
    const scale = pivot[at] ?? 1;
    for (const [place, line] of lines.entries()) {
      if (place === at) continue;
      const share = (line[at] ?? 0) / scale;
      for (let column = at; column <= size; column += 1)
        line[column] = (line[column] ?? 0) - share * (pivot[column] ?? 0);
    }
  });
  return lines.map((line, at) => (line[size] ?? 0) / (line[at] ?? 1));
}

function scaleOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.max(0.01, Math.sqrt(variance)) };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
