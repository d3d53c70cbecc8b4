/** What tells how an X-ray lies. */
export interface PoseConstants {
  readonly pose: PoseWeights;
  readonly mirror: MirrorWeights;
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
