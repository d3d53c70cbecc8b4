import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Prepared } from './outcome.js';
import type { PreparedImage } from './prepare.js';

export interface ImagePreparer {
  /** @throws when the thread that held this image died, or hung past the deadline. */
  prepare(bytes: Uint8Array): Promise<Prepared<PreparedImage>>;
  /** Rejects what still waits and ends the threads. */
  close(): Promise<void>;
}

export interface ImagePreparerOptions {
  /** Default: one a core, leaving one for the event loop. */
  threads?: number | undefined;
  /** For one image, counted from when a thread that has loaded takes it up: a slow start is no image's fault. */
  deadlineMs?: number;
  /** A module that says when it is ready, and answers, as `preparer-worker` does. */
  workerFile?: string;
}

/** What a thread says once it has loaded everything that it needs. */
export const ready = 'ready';

interface Work {
  bytes: Uint8Array;
  resolve: (prepared: Prepared<PreparedImage>) => void;
  reject: (error: Error) => void;
}

const defaultDeadlineMs = 10_000;

/** Prepares images in threads, off the event loop. A thread that dies or hangs takes only its own image along. */
export function createImagePreparer({
  threads = Math.max(1, availableParallelism() - 1),
  deadlineMs = defaultDeadlineMs,
  workerFile = createRequire(import.meta.url).resolve('@lucency/imaging/preparer-worker'),
}: ImagePreparerOptions = {}): ImagePreparer {
  const waiting: Work[] = [];
  const idle: Desk[] = [];
  const desks = new Set<Desk>();
  let closed = false;

  const next = () => {
    while (waiting.length > 0) {
      const desk = idle.pop() ?? (desks.size < threads ? hire() : undefined);
      const work = desk && waiting.shift();
      if (!work) return;
      desk.take(work);
    }
  };

  const hire = (): Desk => {
    const desk = new Desk(workerFile, deadlineMs, {
      free: () => {
        idle.push(desk);
        next();
      },
      gone: () => {
        desks.delete(desk);
        const at = idle.indexOf(desk);
        if (at >= 0) idle.splice(at, 1);
        if (!closed) next();
      },
    });
    desks.add(desk);
    return desk;
  };

  return {
    prepare(bytes) {
      if (closed) return Promise.reject(new Error('the image preparer is closed'));
      return new Promise((resolve, reject) => {
        waiting.push({ bytes, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      for (const work of waiting.splice(0)) work.reject(new Error('the image preparer was closed'));
      await Promise.all([...desks].map((desk) => desk.close()));
    },
  };
}

/** One thread and the image it holds. */
class Desk {
  readonly #worker: Worker;
  readonly #deadlineMs: number;
  readonly #tell: { free: () => void; gone: () => void };
  #work: Work | null = null;
  #deadline: NodeJS.Timeout | undefined;
  #loaded = false;
  #left = false;

  constructor(workerFile: string, deadlineMs: number, tell: { free: () => void; gone: () => void }) {
    this.#deadlineMs = deadlineMs;
    this.#tell = tell;
    this.#worker = new Worker(workerFile);
    this.#worker.unref();
    this.#worker.on('message', (message: typeof ready | Prepared<PreparedImage>) => {
      if (message === ready) this.#begin();
      else this.#answer(message);
    });
    this.#worker.on('error', (error) => this.#leave(error));
    this.#worker.on('exit', (code) => this.#leave(new Error(`the image thread ended with ${code}`)));
  }

  take(work: Work): void {
    this.#work = work;
    this.#worker.ref();
    this.#worker.postMessage(work.bytes);
    if (this.#loaded) this.#startClock();
  }

  async close(): Promise<void> {
    this.#leave(new Error('the image preparer was closed'));
    await this.#worker.terminate();
  }

  #begin(): void {
    this.#loaded = true;
    if (this.#work) this.#startClock();
  }

  #startClock(): void {
    this.#deadline = setTimeout(() => {
      this.#leave(new Error(`an image took longer than ${this.#deadlineMs} ms to prepare`));
      // Not awaited: native code that hangs may never let go.
      void this.#worker.terminate();
    }, this.#deadlineMs);
  }

  #answer(prepared: Prepared<PreparedImage>): void {
    const work = this.#release();
    if (this.#left) return;
    work?.resolve(prepared);
    this.#tell.free();
  }

  #leave(error: unknown): void {
    if (this.#left) return;
    this.#left = true;
    this.#release()?.reject(error instanceof Error ? error : new Error(String(error)));
    this.#tell.gone();
  }

  #release(): Work | null {
    clearTimeout(this.#deadline);
    this.#worker.unref();
    const work = this.#work;
    this.#work = null;
    return work;
  }
}
