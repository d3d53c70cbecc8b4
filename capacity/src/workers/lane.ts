import type { Job } from './job.js';

/** Something that takes jobs of one lane, as a pod's pull does. */
export interface Taker {
  /** Jobs that it may take now. */
  room(): number;
  accept(job: Job): void;
}

/** A durable consumer of the work queue: what waits and what is in hand. Takers get one job each in turn. */
export class Lane {
  #waiting: Job[] = [];
  #next = 0;
  readonly #returned: Job[] = [];
  readonly #takers: Taker[] = [];
  #inHand = 0;

  /** As NATS counts it and KEDA reads it: in hand too (KEDA #3809). */
  get backlog(): number {
    return this.#waiting.length - this.#next + this.#returned.length + this.#inHand;
  }

  push(job: Job): void {
    this.#waiting.push(job);
    this.#serve();
  }

  /** In hand until its ack wait was over; delivered again before everything else. */
  giveBack(job: Job): void {
    this.#inHand -= 1;
    job.deliveries += 1;
    this.#returned.push(job);
    this.#serve();
  }

  /** Acknowledged. */
  settle(): void {
    this.#inHand -= 1;
  }

  /** The taker has room. */
  offer(taker: Taker): void {
    if (!this.#takers.includes(taker)) this.#takers.push(taker);
    this.#serve();
  }

  #serve(): void {
    while (this.#takers.length > 0) {
      const job = this.#returned[0] ?? this.#waiting[this.#next];
      if (!job) return;
      const taker = this.#takers.shift();
      if (!taker || taker.room() <= 0) continue;
      if (this.#returned.length > 0) this.#returned.shift();
      else this.#next += 1;
      this.#forgetTaken();
      this.#inHand += 1;
      this.#takers.push(taker);
      taker.accept(job);
    }
  }

  #forgetTaken(): void {
    if (this.#next < 1024 || this.#next < this.#waiting.length / 2) return;
    this.#waiting = this.#waiting.slice(this.#next);
    this.#next = 0;
  }
}
