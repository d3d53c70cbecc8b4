import type { Runner } from './processor.js';

/** Threads that take what waits in the order it came, one each; they share their processor with others. */
export class Station {
  readonly #processor: Runner;
  readonly #threads: number;
  readonly #waiting: { seconds: number; done: () => void }[] = [];
  #busy = 0;

  constructor(processor: Runner, threads: number) {
    this.#processor = processor;
    this.#threads = threads;
  }

  run(seconds: number, done: () => void): void {
    this.#waiting.push({ seconds, done });
    this.#next();
  }

  #next(): void {
    if (this.#busy >= this.#threads) return;
    const work = this.#waiting.shift();
    if (!work) return;
    this.#busy += 1;
    this.#processor.run(work.seconds, 1, () => {
      this.#busy -= 1;
      this.#next();
      work.done();
    });
  }
}
