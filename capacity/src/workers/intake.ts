import type { Job } from './job.js';
import type { Lane, Taker } from './lane.js';

/** Works on one job and says when it is done. */
export type Work = (job: Job, done: () => void) => void;

/** Works on one job and says when it has an answer, and what follows from it unless the pod has died meanwhile. */
export type Handle = (job: Job, answered: (then: () => void) => void) => void;

export interface LaneSlots {
  readonly lane: Lane;
  /** Jobs that one pod holds at once. */
  readonly slots: number;
}

export interface HeldJob {
  readonly job: Job;
  readonly lane: Lane;
}

/**
 * One pod's intake, by the rules of `JobIntake` in packages/messaging: each lane has its own slots; a job that was
 * delivered before runs alone, once what is in hand is finished.
 */
export class Intake {
  readonly #handle: Handle;
  readonly #takers: { lane: Lane; taker: Taker }[];
  readonly #held = new Set<HeldJob>();
  #alone: { held: HeldJob; answered: (then: () => void) => void } | null = null;
  #state: 'pulling' | 'draining' | 'gone' = 'pulling';
  #drained: () => void = () => undefined;

  /** @param turn whether jobs may be taken now, for work that gives way to other; look() then asks again. */
  constructor(lanes: readonly LaneSlots[], handle: Handle, turn: () => boolean = () => true) {
    this.#handle = handle;
    this.#takers = lanes.map(({ lane, slots }) => {
      let taken = 0;
      const taker: Taker = {
        room: () => (this.#state === 'pulling' && !this.#alone && turn() ? slots - taken : 0),
        accept: (job) => {
          taken += 1;
          this.#accept({ job, lane }, () => {
            taken -= 1;
          });
        },
      };
      return { lane, taker };
    });
    for (const { lane, taker } of this.#takers) lane.offer(taker);
  }

  /** Takes jobs if it is its turn. @returns false when it never will be again. */
  look(): boolean {
    this.#offer();
    return this.#state === 'pulling';
  }

  /** Takes nothing new and finishes what is in hand. */
  drain(drained: () => void): void {
    this.#state = 'draining';
    this.#drained = drained;
    this.#endWhenDrained();
  }

  /** Gone at once. @returns what it had in hand, which nobody knows to be lost before the ack wait is over. */
  kill(): HeldJob[] {
    this.#state = 'gone';
    return [...this.#held];
  }

  #accept(held: HeldJob, free: () => void): void {
    this.#held.add(held);
    const answered = (then: () => void) => {
      if (this.#state === 'gone') return;
      this.#held.delete(held);
      if (this.#alone?.held === held) this.#alone = null;
      free();
      held.lane.settle();
      then();
      this.#runAloneWhenAlone();
      this.#offer();
      this.#endWhenDrained();
    };
    if (held.job.deliveries === 1) this.#handle(held.job, answered);
    else {
      this.#alone = { held, answered };
      this.#runAloneWhenAlone();
    }
  }

  #offer(): void {
    for (const { lane, taker } of this.#takers) if (taker.room() > 0) lane.offer(taker);
  }

  #runAloneWhenAlone(): void {
    if (this.#alone && this.#held.size === 1) this.#handle(this.#alone.held.job, this.#alone.answered);
  }

  #endWhenDrained(): void {
    if (this.#state !== 'draining' || this.#held.size > 0) return;
    this.#state = 'gone';
    this.#drained();
  }
}
