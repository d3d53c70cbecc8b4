import { ratio, type Scored } from './confusion.js';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** Images weigh one each, or as often as a resample drew them: by their place in the rows that were ranked. */
export type Weights = ArrayLike<number>;

/** Rows in the order of their answers, sorted once; every curve of every resample is counted from it. */
export class Ranking {
  /** Places of the rows, highest probability first, and whether an equal probability follows. */
  readonly #order: readonly { readonly place: number; readonly positive: boolean; readonly tied: boolean }[];

  constructor(rows: readonly Scored[]) {
    const sorted = rows
      .map(({ label, probability }, place) => ({ place, probability, positive: label === 1 }))
      .sort((a, b) => b.probability - a.probability);
    this.#order = sorted.map(({ place, positive, probability }, index) => ({
      place,
      positive,
      tied: sorted[index + 1]?.probability === probability,
    }));
  }

  /** Counts of positives and negatives from each distinct probability up, from none to all. */
  counts(weights?: Weights): { tp: number; fp: number }[] {
    const points = [{ tp: 0, fp: 0 }];
    let [tp, fp] = [0, 0];
    for (const { place, positive, tied } of this.#order) {
      const weight = weights?.[place] ?? 1;
      if (positive) tp += weight;
      else fp += weight;
      if (!tied) points.push({ tp, fp });
    }
    return points;
  }

  /** Area under the ROC curve by trapezoids; 0 where a class is missing. */
  area(weights?: Weights): number {
    let [area, tp, fp, tiedTp, tiedFp] = [0, 0, 0, 0, 0];
    for (const { place, positive, tied } of this.#order) {
      const weight = weights?.[place] ?? 1;
      if (positive) tiedTp += weight;
      else tiedFp += weight;
      if (tied) continue;
      area += tiedFp * (tp + tiedTp / 2);
      tp += tiedTp;
      fp += tiedFp;
      [tiedTp, tiedFp] = [0, 0];
    }
    return ratio(area, tp * fp);
  }

  /** False positive rate across, sensitivity up, from (0, 0) to (1, 1). */
  roc(weights?: Weights): CurvePoint[] {
    const points = this.counts(weights);
    const all = points.at(-1) ?? { tp: 0, fp: 0 };
    return points.map(({ tp, fp }) => ({ x: ratio(fp, all.fp), y: ratio(tp, all.tp) }));
  }

  /** Sensitivity across, precision up. */
  precisionRecall(weights?: Weights): CurvePoint[] {
    const points = this.counts(weights);
    const positives = points.at(-1)?.tp ?? 0;
    // A resample may have drawn none of the images at the top: of no answers there is no precision.
    return points
      .filter(({ tp, fp }) => tp + fp > 0)
      .map(({ tp, fp }) => ({ x: ratio(tp, positives), y: ratio(tp, tp + fp) }));
  }
}

/** Area under the ROC curve: ties count a half (Hanley and McNeil 1982). */
export function areaUnderRoc(rows: readonly Scored[]): number {
  return new Ranking(rows).area();
}
