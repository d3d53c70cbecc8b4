/** What nobody measured for this project; each has an option of the command, and every report prints them. */
export interface Assumptions {
  /** A GPU's pass: so long for any, and so much more for each picture. No GPU has run this engine yet. */
  readonly gpuPassMs: number;
  readonly gpuPictureMs: number;
  /** From a pod's place on a node to its first job. A GPU pod mostly waits for its node. */
  readonly startSeconds: { readonly cpu: number; readonly gpu: number };
  /** To an S3 store and back. */
  readonly storeMs: number;
  /** From a transaction over the dispatcher and NATS to a pod, and from a pod's answer to the recorded result. */
  readonly handOverMs: number;
}

export const assumed: Assumptions = {
  gpuPassMs: 8,
  gpuPictureMs: 2,
  startSeconds: { cpu: 10, gpu: 120 },
  storeMs: 20,
  handOverMs: 10,
};
