/** One image with what is true of it and what the model said. */
export interface Scored {
  /** 1 is pneumonia. */
  readonly label: 0 | 1;
  readonly probability: number;
}

export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
}

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** An answer from the threshold on counts as pneumonia. */
export function confusionAt(rows: readonly Scored[], threshold: number): Confusion {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  for (const { label, probability } of rows) {
    const positive = probability >= threshold;
    if (label === 1) counts[positive ? 'tp' : 'fn'] += 1;
    else counts[positive ? 'fp' : 'tn'] += 1;
  }
  return counts;
}

/** A share of nothing is 0, so that a report always holds numbers. */
export function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

export function rates({ tp, fp, tn, fn }: Confusion) {
  const sensitivity = ratio(tp, tp + fn);
  const precision = ratio(tp, tp + fp);
  return {
    accuracy: ratio(tp + tn, tp + fp + tn + fn),
    sensitivity,
    specificity: ratio(tn, tn + fp),
    precision,
    f1: ratio(2 * precision * sensitivity, precision + sensitivity),
  };
}

/** Counts of positives and negatives from each distinct probability up, highest first. */
function cumulative(rows: readonly Scored[]): { tp: number; fp: number }[] {
  const sorted = [...rows].sort((a, b) => b.probability - a.probability);
  const points = [{ tp: 0, fp: 0 }];
  let [tp, fp] = [0, 0];
  sorted.forEach(({ label, probability }, index) => {
    if (label === 1) tp += 1;
    else fp += 1;
    if (sorted[index + 1]?.probability !== probability) points.push({ tp, fp });
  });
  return points;
}

/** False positive rate across, sensitivity up, from (0, 0) to (1, 1). */
export function rocCurve(rows: readonly Scored[]): CurvePoint[] {
  const points = cumulative(rows);
  const { tp: positives, fp: negatives } = points.at(-1) ?? { tp: 0, fp: 0 };
  return points.map(({ tp, fp }) => ({ x: ratio(fp, negatives), y: ratio(tp, positives) }));
}

/** Sensitivity across, precision up. */
export function precisionRecallCurve(rows: readonly Scored[]): CurvePoint[] {
  const points = cumulative(rows);
  const positives = points.at(-1)?.tp ?? 0;
  return points.slice(1).map(({ tp, fp }) => ({ x: ratio(tp, positives), y: ratio(tp, tp + fp) }));
}

/** Area under the ROC curve by trapezoids: ties count a half (Hanley and McNeil 1982). */
export function areaUnderRoc(rows: readonly Scored[]): number {
  const curve = rocCurve(rows);
  return curve.slice(1).reduce((area, { x, y }, index) => {
    const before = curve[index] ?? { x: 0, y: 0 };
    return area + ((x - before.x) * (y + before.y)) / 2;
  }, 0);
}

export interface ReliabilityBin {
  readonly count: number;
  /** Mean probability said. */
  readonly said: number;
  /** Share that had pneumonia. */
  readonly was: number;
}

/** Ten bins of equal width over the probability of pneumonia. */
export function reliability(rows: readonly Scored[], bins = 10): ReliabilityBin[] {
  return Array.from({ length: bins }, (_, bin) => {
    const inside = rows.filter(
      ({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)) === bin,
    );
    const mean = (value: (row: Scored) => number) =>
      ratio(
        inside.reduce((sum, row) => sum + value(row), 0),
        inside.length,
      );
    return {
      count: inside.length,
      said: mean(({ probability }) => probability),
      was: mean(({ label }) => label),
    };
  });
}

/** Expected calibration error over those bins (Naeini et al. 2015). */
export function calibrationError(rows: readonly Scored[]): number {
  return reliability(rows).reduce(
    (sum, { count, said, was }) => sum + ratio(count, rows.length) * Math.abs(said - was),
    0,
  );
}
