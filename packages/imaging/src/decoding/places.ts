import type { Priority } from '@lucency/contracts';

interface Waiting {
  priority: Priority;
  enter: (leave: () => void) => void;
  giveUp: (why: unknown) => void;
}

/** A number of places; who finds none waits, STAT before ROUTINE. */
export class Places {
  readonly #forStat: number;
  readonly #waiting: Waiting[] = [];
  #free: number;
  #closed: Error | null = null;

  /** @param forStat places beyond the others that ROUTINE never takes. */
  constructor(count: number, forStat = 0) {
    this.#free = count + forStat;
    this.#forStat = forStat;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** @returns what gives the place back, or null when there is none for this priority. */
  takeNow(priority: Priority): (() => void) | null {
    return !this.#closed && this.#mayEnter(priority) ? this.#enter() : null;
  }

  /**
   * @returns what gives the place back.
   * @throws the reason of `signal` once it is aborted, or that of closing.
   */
  take(priority: Priority, signal?: AbortSignal): Promise<() => void> {
    if (this.#closed) return Promise.reject(this.#closed);
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#mayEnter(priority)) return Promise.resolve(this.#enter());
    return new Promise((resolve, reject) => {
      const abandon = () => waiting.giveUp(signal?.reason);
      const leave = () => {
        signal?.removeEventListener('abort', abandon);
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      };
      const waiting: Waiting = {
        priority,
        enter: (release) => {
          leave();
          resolve(release);
        },
        giveUp: (why) => {
          leave();
          reject(why);
        },
      };
      signal?.addEventListener('abort', abandon);
      const firstRoutine = this.#waiting.findIndex((other) => other.priority === 'ROUTINE');
      const at = priority === 'STAT' && firstRoutine >= 0 ? firstRoutine : this.#waiting.length;
      this.#waiting.splice(at, 0, waiting);
    });
  }

  /** Rejects what waits and what comes. */
  close(why: Error): void {
    this.#closed = why;
    for (const waiting of [...this.#waiting]) waiting.giveUp(why);
  }

  #mayEnter(priority: Priority): boolean {
    return this.#free > (priority === 'STAT' ? 0 : this.#forStat);
  }

  #enter(): () => void {
    this.#free -= 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#free += 1;
      const [next] = this.#waiting;
      if (next && this.#mayEnter(next.priority)) next.enter(this.#enter());
    };
  }
}
