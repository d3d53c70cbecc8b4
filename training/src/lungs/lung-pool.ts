import { ThreadPool } from '../threads/thread-pool.js';
import type { LungStore } from './examples.js';

export interface LungWish {
  /** In the store; `other` may be put around its lungs. */
  readonly index: number;
  readonly other: number;
  /** Everything random about the augmentation comes from this. */
  readonly seed: number;
}

export interface LungBatch {
  /** `[N, 128, 128]` */
  readonly shades: Float32Array<ArrayBuffer>;
  /** `[N, 64, 64]`, the share of lung in each cell. */
  readonly shares: Float32Array<ArrayBuffer>;
}

/** Augments in a thread while the main one computes. */
export type LungPool = ThreadPool<readonly LungWish[], LungBatch>;

export function openLungPool(store: LungStore): LungPool {
  const file = new URL('../../dist/lungs/lung-worker.js', import.meta.url);
  return new ThreadPool(file, { workerData: store.memory, threads: 1 });
}
