import { EventQueue } from './event-queue.js';

/** A clock that jumps from event to event. All times are seconds. */
export class Simulation {
  readonly #events = new EventQueue<() => void>();
  #now = 0;

  get now(): number {
    return this.#now;
  }

  at(time: number, happen: () => void): void {
    this.#events.add(Math.max(time, this.#now), happen);
  }

  after(seconds: number, happen: () => void): void {
    this.at(this.#now + seconds, happen);
  }

  /** First now, then again and again. */
  every(seconds: number, happen: () => void): void {
    happen();
    this.after(seconds, () => this.every(seconds, happen));
  }

  /** Runs what happens until then, and until nothing happens any more. */
  runUntil(end: number): void {
    while (this.#events.nextTime <= end) {
      this.#now = this.#events.nextTime;
      this.#events.take()?.();
    }
    this.#now = Math.max(this.#now, end);
  }
}
