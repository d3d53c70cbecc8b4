export const engineNames = ['onnx-int8', 'onnx-fp32', 'tfjs-wasm', 'tfjs-node'] as const;
export type EngineName = (typeof engineNames)[number];

/** What TensorFlow computes on. A GPU is never replaced by the CPU unasked: it would be slow without saying so. */
export const nativeDevices = ['gpu', 'cpu'] as const;
export type NativeDevice = (typeof nativeDevices)[number];

export type Priority = 'STAT' | 'ROUTINE';

export interface Classification {
  /** Uncalibrated; `decide` makes a probability of it. */
  readonly logit: number;
  /**
   * Signed 7 x 7 sum of the last feature maps, weighted as Grad-CAM weights them (Selvaraju et al. 2017), in
   * units of the logit, row-major. Grad-CAM is its positive part.
   */
  readonly evidence: Float32Array;
  /** Means over the last maps of conv3, 512: what the picture is made of, before anything trained sees it. */
  readonly texture: Float32Array;
  /** Logits of normal, bacterial and viral, for `decideType`; null of a model that tells no types apart. */
  readonly types: Float32Array | null;
  /** How long the batch took in the engine. */
  readonly milliseconds: number;
  readonly batchSize: number;
}

/** Something that runs the network. */
export interface Engine {
  /** What really answers; an int8 engine that failed its golden answer is called `onnx-fp32`. */
  readonly name: EngineName;
  readonly modelId: string;
  /**
   * `input`: Float32 `[224, 224, 3]`, RGB, 0-1; its buffer may be taken away (transferred), so hand over a copy
   * to keep it. `ROUTINE` unless told. Rejects with `EngineFailure` when the engine broke on this batch.
   */
  classify(input: Float32Array, priority?: Priority): Promise<Classification>;
  /** Finishes nothing: what waits is rejected. */
  close(): Promise<void>;
}

/** The engine broke while it held this request, or was closed. Another try may succeed. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}
