import { EventQueue } from '../simulation/event-queue.js';
import type { WaitingStudy } from './draw-studies.js';
import type { ReadingOrder } from './orders.js';
import { isThere, nextStart, type Shift } from './shifts.js';

export interface ReadStudy {
  readonly study: WaitingStudy;
  /** Which of the shifts read it. */
  readonly reader: number;
  /** Seconds from the first midnight. */
  readonly begun: number;
  readonly done: number;
}

/**
 * Readers take the first study of the order whenever they are free, begin none after their shift and finish what they have
 * begun. Goes on, day after day, until everything is read.
 */
export function readInOrder(
  studies: readonly WaitingStudy[],
  shifts: readonly Shift[],
  order: ReadingOrder,
): ReadStudy[] {
  const waiting: WaitingStudy[] = [];
  const read: ReadStudy[] = [];
  const freeAt = shifts.map(() => 0);
  const events = new EventQueue<WaitingStudy | null>();
  for (const study of studies) events.add(study.arrival, study);
  for (const shift of shifts) events.add(shift.start, null);

  while (events.size > 0) {
    const now = events.nextTime;
    while (events.nextTime === now) {
      const arrived = events.take();
      if (arrived) waiting.push(arrived);
    }
    for (const [reader, shift] of shifts.entries()) {
      if (waiting.length === 0) break;
      if ((freeAt[reader] ?? 0) > now) continue;
      if (!isThere(shift, now)) {
        events.add(nextStart(shift, now), null);
        freeAt[reader] = nextStart(shift, now);
        continue;
      }
      const study = takeFirst(waiting, order, now);
      const done = now + study.readingSeconds;
      freeAt[reader] = done;
      read.push({ study, reader, begun: now, done });
      events.add(done, null);
    }
  }
  return read;
}

function takeFirst(waiting: WaitingStudy[], order: ReadingOrder, now: number): WaitingStudy {
  const first = waiting.reduce((best, study) => (order(study, best, now) < 0 ? study : best));
  waiting.splice(waiting.indexOf(first), 1);
  return first;
}
