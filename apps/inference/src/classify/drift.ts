/** A bin of probabilities and how many of the images that the model was evaluated on fell into it. */
export interface ReferenceBin {
  from: number;
  to: number;
  count: number;
}

/** Fewer say little: at 200 readings and ten bins chance alone gives an index of about .05. */
const fewestReadings = 200;
const window = 1_000;
/** A bin that was empty on one side would make the index infinite. */
const emptyShare = 1e-4;

/**
 * How far the probabilities of the last thousand readings of this process lie from those of the model's report, as
 * the population stability index: the sum over bins of (p - q) ln(p / q), Jeffreys' divergence of both histograms.
 * By the convention of credit scoring (Siddiqi 2006) .1 is a small shift and .25 a large one. The report's images have
 * more pneumonia than a hospital's, so some shift is expected; a change of it is what matters.
 */
export class ScoreDrift {
  readonly #reference: readonly ReferenceBin[];
  readonly #last: number[] = [];
  #next = 0;

  constructor(reference: readonly ReferenceBin[]) {
    this.#reference = reference;
  }

  add(probability: number): void {
    this.#last[this.#next] = probability;
    this.#next = (this.#next + 1) % window;
  }

  /** Null until there are enough readings, or where the model has no report. */
  index(): number | null {
    if (this.#last.length < fewestReadings || this.#reference.length === 0) return null;
    const all = this.#reference.reduce((sum, { count }) => sum + count, 0);
    let outside = this.#last.length;
    let index = 0;
    for (const { from, to, count } of this.#reference) {
      const found = this.#last.filter(
        (each) => each >= from && (each < to || (to === 1 && each === 1)),
      ).length;
      outside -= found;
      index += divergence(found / this.#last.length, count / all);
    }
    // The report leaves its empty bins out.
    return index + divergence(outside / this.#last.length, 0);
  }
}

function divergence(share: number, reference: number): number {
  if (share === reference) return 0;
  const [p, q] = [Math.max(share, emptyShare), Math.max(reference, emptyShare)];
  return (p - q) * Math.log(p / q);
}
