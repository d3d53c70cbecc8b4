import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Answer, Order } from './decoder-process.js';
import { processUse } from './process-use.js';

/** What one picture may take before it is given up, once and for all. */
export interface DecoderBounds {
  cpuMs: number;
  residentBytes: number;
  /** From when a process that has loaded takes it up: a slow start is no picture's fault. */
  deadlineMs: number;
}

/** The picture itself used up what it may take; another try would end alike. */
export class PictureTooComplex extends Error {}

export const ready = 'ready';

const lookMs = 100;
/** A process that computed less than this by its deadline was kept from computing: the picture is not at fault. */
const leastBlameMs = 1_000;
const politeness = 10;

interface Work {
  order: Order;
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/**
 * One process that decodes, and the picture it holds. Native code that hangs lets go of no thread, but a process can be
 * ended; it knows no secrets, and takes nothing along when it crashes.
 */
export class Decoder {
  readonly #child: ChildProcess;
  readonly #bounds: DecoderBounds;
  #loaded = false;
  #gone = false;
  #work: Work | null = null;
  #watch: NodeJS.Timeout | undefined;

  constructor(file: string, bounds: DecoderBounds) {
    this.#bounds = bounds;
    const { PATH, LD_LIBRARY_PATH } = process.env;
    this.#child = fork(file, [], {
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=128'],
      env: { PATH, LD_LIBRARY_PATH },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message: typeof ready | Answer) => {
      if (message === ready) this.#begin();
      else this.#release()?.resolve(message);
    });
    this.#child.on('error', (error) => this.#leave(error));
    this.#child.on('exit', (code, signal) =>
      this.#leave(new Error(`the process that decodes ended with ${code ?? signal}`)),
    );
    this.#idle();
  }

  /** Whether another picture may be given to it. */
  get usable(): boolean {
    return !this.#gone;
  }

  /** @throws PictureTooComplex when it was ended because of this picture; another Error when it broke. */
  run(order: Order): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#gone) return reject(new Error('the process that decodes has ended'));
      this.#work = { order, resolve, reject };
      this.#child.ref();
      this.#child.channel?.ref();
      if (this.#loaded) this.#begin();
    });
  }

  /** Lets other processes of the machine go first. */
  yieldToOthers(): void {
    try {
      if (this.#child.pid) setPriority(this.#child.pid, politeness);
    } catch {
      // It has ended, or the system does not allow it; it only matters for how long others wait.
    }
  }

  end(why = new Error('the decoder was closed')): void {
    this.#child.kill('SIGKILL');
    this.#leave(why);
  }

  #begin(): void {
    this.#loaded = true;
    if (!this.#work) return;
    this.#child.send(this.#work.order);
    this.#startWatch();
  }

  #startWatch(): void {
    const { pid = 0 } = this.#child;
    const before = processUse(pid);
    const started = performance.now();
    this.#watch = setInterval(
      () => {
        const use = processUse(pid);
        const cpuMs = use && before ? use.cpuMs - before.cpuMs : Number.NaN;
        const late = performance.now() - started > this.#bounds.deadlineMs;
        if (use && cpuMs > this.#bounds.cpuMs)
          this.end(new PictureTooComplex(`a picture took ${cpuMs} ms of processor time`));
        else if (use && use.residentBytes > this.#bounds.residentBytes)
          this.end(new PictureTooComplex(`a picture took ${use.residentBytes} bytes of memory`));
        else if (late)
          this.end(
            cpuMs < leastBlameMs
              ? new Error(`a picture waited ${this.#bounds.deadlineMs} ms for a processor`)
              : new PictureTooComplex(`a picture took longer than ${this.#bounds.deadlineMs} ms`),
          );
      },
      Math.min(lookMs, this.#bounds.deadlineMs),
    );
  }

  #leave(why: Error): void {
    this.#gone = true;
    this.#release()?.reject(why);
  }

  #release(): Work | null {
    clearInterval(this.#watch);
    this.#idle();
    const work = this.#work;
    this.#work = null;
    return work;
  }

  /** Keeps nothing alive while it has nothing to do. */
  #idle(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}
