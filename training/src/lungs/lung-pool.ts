import { Worker } from 'node:worker_threads';
import type { LungStore } from './examples.js';

export interface LungWish {
  /** In the store; `other` may be put around its lungs. */
  readonly index: number;
  readonly other: number;
  /** Everything random about the augmentation comes from this. */
  readonly seed: number;
}

export interface LungWork {
  readonly number: number;
  readonly wishes: readonly LungWish[];
}

export interface LungBatch {
  readonly number: number;
  /** `[N, 128, 128]` */
  readonly shades: Float32Array<ArrayBuffer>;
  /** `[N, 64, 64]`, the share of lung in each cell. */
  readonly shares: Float32Array<ArrayBuffer>;
}

/** Augments in a thread while the main one computes. */
export class LungPool {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (batch: LungBatch) => void; reject: (why: Error) => void }
  >();
  #number = 0;

  constructor(store: LungStore) {
    const file = new URL('../../dist/lungs/lung-worker.js', import.meta.url);
    this.#worker = new Worker(file, { workerData: store.memory });
    this.#worker.on('message', (batch: LungBatch) => {
      this.#waiting.get(batch.number)?.resolve(batch);
      this.#waiting.delete(batch.number);
    });
    this.#worker.on('error', (why) => this.#fail(why instanceof Error ? why : new Error(String(why))));
  }

  /** Rejects when the thread broke: nothing here is worth a second try. */
  augment(wishes: readonly LungWish[]): Promise<LungBatch> {
    const number = this.#number++;
    const batch = new Promise<LungBatch>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
    });
    this.#worker.postMessage({ number, wishes } satisfies LungWork);
    return batch;
  }

  async close(): Promise<void> {
    this.#fail(new Error('the pool was closed'));
    await this.#worker.terminate();
  }

  #fail(why: Error): void {
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }
}
