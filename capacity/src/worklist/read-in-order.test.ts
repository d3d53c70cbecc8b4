import { describe, expect, it } from 'vitest';
import { drawStudies, placeOnCurve } from './draw-studies.js';
import { firstCome, type ReadingOrder, urgency, urgencyWithCeiling } from './orders.js';
import { type ReadStudy, readInOrder } from './read-in-order.js';
import { isThere, readShift } from './shifts.js';
import { classes, waitsOf } from './waits.js';

const roc = [
  { x: 0, y: 0.4 },
  { x: 0.1, y: 0.9 },
  { x: 1, y: 1 },
];
const demand = {
  studiesPerDay: 300,
  days: 3,
  statShare: 0.1,
  pneumoniaShare: 0.2,
  reading: { medianSeconds: 240, spread: 0.6 },
};
const studies = drawStudies(demand, roc, 1);
const shifts = ['08:00-17:00', '08:00-17:00', '20:00-02:00'].map(readShift);
const ceilingSeconds = 2 * 3600;
const orders: Record<string, ReadingOrder> = {
  'first come': firstCome,
  urgency,
  ceiling: urgencyWithCeiling(ceilingSeconds),
};
const reads = Object.entries(orders).map(([name, order]) => ({
  name,
  read: readInOrder(studies, shifts, order),
}));
const readUnder = (name: string) => reads.find((one) => one.name === name)?.read ?? [];
const longest = (read: readonly ReadStudy[]) => Math.max(...classes.map((of) => waitsOf(read, of).longest));

/** What waited while this one was begun. */
function passedOver(read: readonly ReadStudy[], { study, begun }: ReadStudy): ReadStudy[] {
  return read.filter((other) => other.study !== study && other.study.arrival <= begun && other.begun > begun);
}

describe.each(reads)('reading in the order of $name', ({ read }) => {
  it('reads every study once, after it came, and loses none', () => {
    expect(read).toHaveLength(studies.length);
    expect(new Set(read.map(({ study }) => study))).toEqual(new Set(studies));
    for (const { study, begun, done } of read) {
      expect(begun).toBeGreaterThanOrEqual(study.arrival);
      expect(done - begun).toBeCloseTo(study.readingSeconds, 6);
    }
  });

  it('gives a reader one study at a time, begun within the shift', () => {
    for (const [reader, shift] of shifts.entries()) {
      const own = read.filter((one) => one.reader === reader).sort((one, other) => one.begun - other.begun);
      for (const [index, { begun }] of own.entries()) {
        expect(isThere(shift, begun)).toBe(true);
        expect(begun).toBeGreaterThanOrEqual(own[index - 1]?.done ?? 0);
      }
    }
  });

  it('leaves no reader idle while something waits', () => {
    for (const one of read) {
      if (one.begun === one.study.arrival) continue;
      // Whoever took it has just finished, or just come.
      const shift = shifts[one.reader];
      const hasJustCome = shift !== undefined && Math.abs((one.begun % 86_400) - shift.start) < 1e-6;
      const hasJustFinished = read.some(({ reader, done }) => reader === one.reader && done === one.begun);
      expect(hasJustCome || hasJustFinished).toBe(true);
    }
  });
});

it('urgency never begins a routine study while a STAT one waits, nor a less likely one before a likelier', () => {
  const read = readUnder('urgency');
  for (const one of read) {
    for (const { study } of passedOver(read, one)) {
      if (one.study.class !== 'STAT') expect(study.class).not.toBe('STAT');
      if ((study.class === 'STAT') === (one.study.class === 'STAT'))
        expect(one.study.rank).toBeLessThanOrEqual(study.rank);
    }
  }
});

it('under a ceiling nothing that is not overdue is begun while its like waits beyond it', () => {
  const read = readUnder('ceiling');
  const isOverdue = ({ study }: ReadStudy, now: number) => now - study.arrival >= ceilingSeconds;
  for (const one of read) {
    const overdue = passedOver(read, one).filter(
      (other) =>
        (other.study.class === 'STAT') === (one.study.class === 'STAT') && isOverdue(other, one.begun),
    );
    for (const { study } of overdue) {
      expect(isOverdue(one, one.begun)).toBe(true);
      expect(one.study.arrival).toBeLessThanOrEqual(study.arrival);
    }
  }
});

it('a ceiling bounds the longest wait as far as the readers let it', () => {
  expect(longest(readUnder('ceiling'))).toBeLessThan(longest(readUnder('urgency')));
  // Nobody can wait less long at the longest than in the order of arrival, STAT aside.
  expect(longest(readUnder('ceiling'))).toBeGreaterThanOrEqual(longest(readUnder('first come')) * 0.99);
  const idle = readInOrder(
    studies.slice(0, 200),
    Array(40).fill(readShift('00:00-24:00')),
    urgencyWithCeiling(60),
  );
  expect(longest(idle)).toBeLessThan(5);
});

it('a ceiling that nobody reaches changes nothing, and one of nothing is the order of arrival', () => {
  const begun = (order: ReadingOrder) => readInOrder(studies, shifts, order).map(({ study }) => study);
  expect(begun(urgencyWithCeiling(1e9))).toEqual(begun(urgency));
  const routine = studies.filter((study) => study.class !== 'STAT');
  const begunOf = (order: ReadingOrder) => readInOrder(routine, shifts, order).map(({ study }) => study);
  expect(begunOf(urgencyWithCeiling(0))).toEqual(begunOf(firstCome));
});

it('draws the same day from the same seed, and ranks as the curve says', () => {
  expect(drawStudies(demand, roc, 1)).toEqual(studies);
  expect(drawStudies(demand, roc, 2)).not.toEqual(studies);
  expect(placeOnCurve(roc, 0.65)).toBeCloseTo(0.05);
  expect(placeOnCurve(roc, 0.2)).toBeLessThan(0);
  expect(placeOnCurve(roc, 0.1)).toBeLessThan(placeOnCurve(roc, 0.3));
});

it('reads shifts over midnight, and refuses what is none', () => {
  expect(isThere(readShift('20:00-02:00'), 86_400 + 3_600)).toBe(true);
  expect(isThere(readShift('20:00-02:00'), 3 * 3_600)).toBe(false);
  for (const text of ['8-17', '08:00-08:00', '08:61-09:00', '31:00-32:00'])
    expect(() => readShift(text)).toThrow('HH:MM-HH:MM');
});
