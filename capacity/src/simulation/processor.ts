import { EventQueue } from './event-queue.js';
import type { Simulation } from './simulation.js';

/** What work is done on. `seconds` is what it takes when each of its threads has a core to itself. */
export interface Runner {
  run(seconds: number, threads: number, done: () => void): void;
}

interface Activity {
  readonly threads: number;
  readonly done: () => void;
}

/** Activities of one weight. All advance by the same amount, so that each ends at a fixed point of that advance. */
interface Group {
  readonly weight: number;
  readonly running: EventQueue<Activity>;
  threads: number;
  advance: number;
}

/**
 * Cores that whatever runs on them shares: while more threads want to run than there are cores, each goes as slowly as
 * its weight says, and none faster than a core (generalized processor sharing, Parekh and Gallager 1993).
 */
export class Processor implements Runner {
  readonly #simulation: Simulation;
  readonly #cores: number;
  readonly #groups: Group[] = [];
  #since = 0;
  #epoch = 0;

  constructor(simulation: Simulation, cores: number) {
    this.#simulation = simulation;
    this.#cores = cores;
  }

  run(seconds: number, threads: number, done: () => void): void {
    this.#run(this.#group(1), seconds, threads, done);
  }

  /** Of the same cores, for what gets so much of them for each 1 that others get. */
  yielding(weight: number): Runner {
    const group = this.#group(weight);
    return { run: (seconds, threads, done) => this.#run(group, seconds, threads, done) };
  }

  #group(weight: number): Group {
    const found = this.#groups.find((group) => group.weight === weight);
    if (found) return found;
    const group = { weight, running: new EventQueue<Activity>(), threads: 0, advance: 0 };
    this.#groups.push(group);
    this.#groups.sort((a, b) => b.weight - a.weight);
    return group;
  }

  #run(group: Group, seconds: number, threads: number, done: () => void): void {
    this.#catchUp();
    group.running.add(group.advance + seconds, { threads, done });
    group.threads += threads;
    this.#waitForNext();
  }

  /** Of each thread, by group. The heaviest come first: what they cannot use of their share is left to the others. */
  #speeds(): number[] {
    let cores = this.#cores;
    let weights = this.#groups.reduce((sum, { weight, threads }) => sum + weight * threads, 0);
    return this.#groups.map(({ weight, threads }) => {
      if (threads === 0) return 0;
      const speed = Math.min(1, (cores * weight) / weights);
      cores -= speed * threads;
      weights -= weight * threads;
      return speed;
    });
  }

  #catchUp(): void {
    const { now } = this.#simulation;
    const speeds = this.#speeds();
    for (const [index, group] of this.#groups.entries()) {
      group.advance += (now - this.#since) * (speeds[index] ?? 0);
    }
    this.#since = now;
  }

  #waitForNext(): void {
    const epoch = ++this.#epoch;
    const speeds = this.#speeds();
    let next: { group: Group; after: number } | undefined;
    for (const [index, group] of this.#groups.entries()) {
      if (group.running.size === 0) continue;
      const after = Math.max(0, group.running.nextTime - group.advance) / (speeds[index] ?? 0);
      if (!next || after < next.after) next = { group, after };
    }
    if (!next) return;
    const { group, after } = next;
    this.#simulation.after(after, () => {
      // What came or went since then made another appointment.
      if (epoch === this.#epoch) this.#endNext(group);
    });
  }

  #endNext(group: Group): void {
    this.#catchUp();
    // Sums of times round: what is due ends, however little of it seems left.
    group.advance = Math.max(group.advance, group.running.nextTime);
    const ended = group.running.take();
    group.threads -= ended?.threads ?? 0;
    this.#waitForNext();
    ended?.done();
  }
}
