import { Worker } from 'node:worker_threads';

export interface Order<Work> {
  readonly number: number;
  readonly work: Work;
}

export interface Delivery<Answer> {
  readonly number: number;
  readonly answer: Answer;
}

interface Waiting<Answer> {
  resolve(answer: Answer): void;
  reject(why: Error): void;
}

export interface PoolOptions {
  /** What every thread gets as it starts; memory that is shared is not copied. */
  readonly workerData: unknown;
  readonly threads: number;
}

/**
 * Threads that work while the main one computes, each on its share in order. A thread that breaks fails whatever
 * waits: a training that could not treat one picture is worth no second try.
 */
export class ThreadPool<Work, Answer> {
  readonly #workers: Worker[];
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #number = 0;

  /** @param file a module that hands its work to `answerOrders` */
  constructor(file: URL, { workerData, threads }: PoolOptions) {
    this.#workers = Array.from({ length: Math.max(1, threads) }, () => {
      const worker = new Worker(file, { workerData });
      worker.on('message', ({ number, answer }: Delivery<Answer>) => {
        this.#waiting.get(number)?.resolve(answer);
        this.#waiting.delete(number);
      });
      worker.on('error', (why) => this.#fail(why instanceof Error ? why : new Error(String(why))));
      worker.unref();
      return worker;
    });
  }

  ask(work: Work): Promise<Answer> {
    const number = this.#number++;
    const worker = this.#workers[number % this.#workers.length];
    worker?.ref();
    const answer = new Promise<Answer>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
    });
    worker?.postMessage({ number, work } satisfies Order<Work>);
    return answer;
  }

  async close(): Promise<void> {
    this.#fail(new Error('the threads were closed'));
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #fail(why: Error): void {
    for (const { reject } of this.#waiting.values()) reject(why);
    this.#waiting.clear();
  }
}
