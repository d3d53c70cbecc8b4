import { EventQueue } from './event-queue.js';
import type { Simulation } from './simulation.js';

interface Activity {
  readonly threads: number;
  readonly done: () => void;
}

/**
 * Cores that whatever runs on them shares: while more threads want to run than there are cores, all go slower by the
 * same factor (processor sharing). All activities then advance by the same amount, so that each ends at a fixed point
 * of that advance, known when it starts.
 */
export class Processor {
  readonly #simulation: Simulation;
  readonly #cores: number;
  readonly #running = new EventQueue<Activity>();
  #threads = 0;
  #advance = 0;
  #since = 0;
  #epoch = 0;

  constructor(simulation: Simulation, cores: number) {
    this.#simulation = simulation;
    this.#cores = cores;
  }

  /** `seconds` is what the activity takes when each of its threads has a core to itself. */
  run(seconds: number, threads: number, done: () => void): void {
    this.#catchUp();
    this.#running.add(this.#advance + seconds, { threads, done });
    this.#threads += threads;
    this.#waitForNext();
  }

  get #speed(): number {
    return Math.min(1, this.#cores / this.#threads);
  }

  #catchUp(): void {
    const { now } = this.#simulation;
    if (this.#threads > 0) this.#advance += (now - this.#since) * this.#speed;
    this.#since = now;
  }

  #waitForNext(): void {
    const epoch = ++this.#epoch;
    if (this.#running.size === 0) return;
    const left = Math.max(0, this.#running.nextTime - this.#advance);
    this.#simulation.after(left / this.#speed, () => {
      // What came or went since then made another appointment.
      if (epoch === this.#epoch) this.#endNext();
    });
  }

  #endNext(): void {
    this.#catchUp();
    // Sums of times round: what is due ends, however little of it seems left.
    this.#advance = Math.max(this.#advance, this.#running.nextTime);
    const ended = this.#running.take();
    this.#threads -= ended?.threads ?? 0;
    this.#waitForNext();
    ended?.done();
  }
}
