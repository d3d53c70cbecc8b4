/** What the gate learnt from X-rays and counter-examples; `learnt.ts` is written by the run that measures it. */
export interface GateConstants {
  readonly provenance: string;
  readonly shape: ChestShape;
  readonly pose: PoseWeights;
  readonly mirror: MirrorWeights;
  readonly classifier: Classifier;
}

/** The coarse look of frontal chest X-rays: their mean grid and the directions they vary in (Turk and Pentland 1991). */
export interface ChestShape {
  /** [16, 16], mean 0, deviation 1. */
  readonly mean: readonly number[];
  /** Each [16, 16], of length 1 and orthogonal to the mean and to each other; with the deviation along it. */
  readonly components: readonly { readonly deviation: number; readonly direction: readonly number[] }[];
}

export interface PoseWeights {
  /** [16, 16]; a grid's product with it says, in log-odds, how upright and positive it is. */
  readonly weights: readonly number[];
  /** By how much another pose must beat the upright one before the picture is called turned or negative. */
  readonly margin: { readonly turned: number; readonly negative: number };
}

export interface MirrorWeights {
  /** [16, 16], antisymmetric; a grid's product with it grows when left and right are exchanged. */
  readonly weights: readonly number[];
  readonly threshold: number;
}

export interface Classifier {
  readonly terms: readonly Term[];
  readonly intercept: number;
  /** Log-odds below which a picture is no chest X-ray, whatever it is made of. */
  readonly threshold: number;
  /** Log-odds below which it is none if its texture is not that of X-rays either. */
  readonly doubt: number;
}

/** Of one feature, standardized over X-rays: `linear * z + squared * z^2`. */
export interface Term {
  readonly feature: string;
  readonly mean: number;
  readonly deviation: number;
  readonly linear: number;
  readonly squared: number;
}
