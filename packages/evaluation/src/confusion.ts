/** One image with what is true of it and what the model said. */
export interface Scored {
  /** 1 is pneumonia. */
  readonly label: 0 | 1;
  /** Calibrated. */
  readonly probability: number;
}

/** With whose image it is: images of one patient say less than as many of different ones. */
export interface ScoredImage extends Scored {
  readonly patient: string;
}

export interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly tn: number;
  readonly fn: number;
}

/** An answer from the threshold on counts as pneumonia. */
export function confusionAt(
  rows: readonly Scored[],
  threshold: number,
  weights?: ArrayLike<number>,
): Confusion {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  rows.forEach(({ label, probability }, index) => {
    const positive = probability >= threshold;
    const weight = weights?.[index] ?? 1;
    if (label === 1) counts[positive ? 'tp' : 'fn'] += weight;
    else counts[positive ? 'fp' : 'tn'] += weight;
  });
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
