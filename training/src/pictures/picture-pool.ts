import { Worker } from 'node:worker_threads';
import type { Treatment } from '../augmentation/treatments.js';
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
  readonly number: number;
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

export type PictureAnswer = Treated & { readonly number: number };

/** Treats pictures in worker threads while the main thread computes. */
export class PicturePool {
  readonly #workers: Worker[];
  readonly #waiting = new Map<
    number,
    { resolve: (treated: Treated) => void; reject: (why: Error) => void }
  >();
  #number = 0;

  constructor(store: PictureStore, threads: number) {
    const file = new URL('../../dist/pictures/picture-worker.js', import.meta.url);
    this.#workers = Array.from({ length: Math.max(1, threads) }, () => {
      const worker = new Worker(file, { workerData: store.memory });
      worker.on('message', ({ number, ...treated }: PictureAnswer) => {
        this.#waiting.get(number)?.resolve(treated);
        this.#waiting.delete(number);
      });
      worker.on('error', (why) => this.#fail(why instanceof Error ? why : new Error(String(why))));
      worker.unref();
      return worker;
    });
  }

  /** Float32 `[wishes, side, side]`. */
  async treat(wishes: readonly Wish[], side: number): Promise<Float32Array> {
    return (await this.treatWithLungs(wishes, side)).shades;
  }

  /** Rejects when a thread broke: nothing here is worth a second try. */
  treatWithLungs(wishes: readonly Wish[], side: number): Promise<Treated> {
    const number = this.#number++;
    const worker = this.#workers[number % this.#workers.length];
    worker?.ref();
    const answer = new Promise<Treated>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
    });
    worker?.postMessage({ number, wishes, side } satisfies PictureWork);
    return answer;
  }

  async close(): Promise<void> {
    this.#fail(new Error('the picture pool was closed'));
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #fail(why: Error): void {
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }
}
