export type Precision = 'int8' | 'fp32';

export interface Answer {
  /** `[N]` */
  readonly logits: Float32Array;
  /** `[N, 7, 7]` */
  readonly evidence: Float32Array;
  /** `[N, 512]` */
  readonly texture: Float32Array;
  /** `[N, 3]`, in the order of `typeClasses`; null of a model that tells no types apart. */
  readonly types: Float32Array | null;
}

/** The whole model in one session. `run` blocks its thread. */
export interface ModelRunner {
  readonly precision: Precision;
  /** `inputs`: Float32 `[224, 224, 3]` each, RGB, 0-1. */
  run(inputs: readonly Float32Array[]): Promise<Answer>;
  close(): Promise<void>;
}
