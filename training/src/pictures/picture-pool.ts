import type { Treatment } from '../augmentation/treatments.js';
import { ThreadPool } from '../threads/thread-pool.js';
import type { PictureStore } from './picture-store.js';

export interface Wish {
  /** In the store. */
  readonly index: number;
  readonly treatment: Treatment;
  /** Everything random about the treatment comes from this. */
  readonly seed: number;
  /** Another picture of the store, which may stand behind the thorax. */
  readonly other?: number;
}

export interface PictureWork {
  readonly wishes: readonly Wish[];
  readonly side: number;
}

/** Pictures in order, one after another. */
export interface Treated {
  /** Each `[side, side]`. */
  readonly shades: Float32Array<ArrayBuffer>;
  /** Of each the share of every cell of its evidence map that the dilated lungs cover; empty of whole pictures. */
  readonly covered: Float32Array<ArrayBuffer>;
}

/** Treats pictures in worker threads while the main thread computes. */
export class PicturePool {
  readonly #threads: ThreadPool<PictureWork, Treated>;

  constructor(store: PictureStore, threads: number) {
    const file = new URL('../../dist/pictures/picture-worker.js', import.meta.url);
    this.#threads = new ThreadPool(file, { workerData: store.memory, threads });
  }

  /** Float32 `[wishes, side, side]`. */
  async treat(wishes: readonly Wish[], side: number): Promise<Float32Array> {
    return (await this.treatWithLungs(wishes, side)).shades;
  }

  treatWithLungs(wishes: readonly Wish[], side: number): Promise<Treated> {
    return this.#threads.ask({ wishes, side });
  }

  close(): Promise<void> {
    return this.#threads.close();
  }
}
