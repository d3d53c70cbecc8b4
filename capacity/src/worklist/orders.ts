import type { WaitingStudy } from './draw-studies.js';

/** Which of two waiting studies is read first at this time: a negative number for the first. */
export type ReadingOrder = (one: WaitingStudy, other: WaitingStudy, now: number) => number;

export const firstCome: ReadingOrder = (one, other) => one.arrival - other.arrival;

/** STAT, then what the model takes for the likeliest pneumonia, then what came first. */
export const urgency: ReadingOrder = (one, other) =>
  statFirst(one, other) || one.rank - other.rank || one.arrival - other.arrival;

/** As `MOST_URGENT_FIRST` of the gateway: in each priority, what waited longer than the ceiling first, the oldest first. */
export function urgencyWithCeiling(ceilingSeconds: number): ReadingOrder {
  const isOverdue = ({ arrival }: WaitingStudy, now: number) => now - arrival >= ceilingSeconds;
  return (one, other, now) => {
    const byPriority = statFirst(one, other);
    if (byPriority !== 0) return byPriority;
    const [oneIs, otherIs] = [isOverdue(one, now), isOverdue(other, now)];
    if (oneIs && otherIs) return one.arrival - other.arrival;
    if (oneIs !== otherIs) return oneIs ? -1 : 1;
    return urgency(one, other, now);
  };
}

function statFirst(one: WaitingStudy, other: WaitingStudy): number {
  return Number(other.class === 'STAT') - Number(one.class === 'STAT');
}
