import type { Priority } from '../card/engine.js';

/** As many pictures as one pass takes: more adds waiting and no speed (5.2 ms each at 8, 6.4 alone). */
export const largestBatch = 8;
/** Slots of a batch that urgent pictures leave to routine ones while those wait, so that none waits for ever. */
const routineSlots = 1;

/** Requests in the order they came, urgent and routine apart. */
export class WaitingRoom<T> {
  readonly #waiting: Record<Priority, T[]> = { STAT: [], ROUTINE: [] };

  get size(): number {
    return this.#waiting.STAT.length + this.#waiting.ROUTINE.length;
  }

  add(request: T, priority: Priority): void {
    this.#waiting[priority].push(request);
  }

  /** Takes the next batch out: urgent first, one slot in eight for routine, filled up with what there is. */
  take(size = largestBatch): T[] {
    const { STAT, ROUTINE } = this.#waiting;
    const kept = Math.min(routineSlots, ROUTINE.length);
    const urgent = STAT.splice(0, Math.max(1, size - kept));
    return [...urgent, ...ROUTINE.splice(0, size - urgent.length)];
  }

  takeAll(): T[] {
    const { STAT, ROUTINE } = this.#waiting;
    return [...STAT.splice(0), ...ROUTINE.splice(0)];
  }
}
