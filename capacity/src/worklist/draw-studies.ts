import { normal, seededRandom, seedOf } from '@lucency/statistics';
import { drawArrivals } from '../arrivals/draw-arrivals.js';

export type StudyClass = 'STAT' | 'pneumonia' | 'normal';

export interface WaitingStudy {
  /** Seconds from the first midnight. */
  readonly arrival: number;
  readonly class: StudyClass;
  /** Place by the model's probability among all studies: the lower, the likelier a pneumonia. */
  readonly rank: number;
  /** Of the reader who takes it. */
  readonly readingSeconds: number;
}

export interface WorklistDemand {
  readonly studiesPerDay: number;
  readonly days: number;
  /** Both 0-1; pneumonias among all, STAT or not. */
  readonly statShare: number;
  readonly pneumoniaShare: number;
  readonly reading: { readonly medianSeconds: number; readonly spread: number };
}

/** Of the ROC curve: the share of normals at or above a threshold, and that of pneumonias. */
export interface RocPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Studies as they arrive, the same under every order of reading. Where the model puts each comes from its ROC curve: a normal
 * lies anywhere on the axis of false positives, a pneumonia where the curve reaches a share drawn evenly.
 */
export function drawStudies(demand: WorklistDemand, roc: readonly RocPoint[], seed: number): WaitingStudy[] {
  const { studiesPerDay, days, statShare, pneumoniaShare, reading } = demand;
  const arrivals = drawArrivals(
    { studiesPerDay, statShare, bursts: [], from: 0, until: days * 86_400 },
    seededRandom(seedOf(seed, 1)),
  );
  const random = seededRandom(seedOf(seed, 2));
  return arrivals.map(({ time, priority }) => {
    const hasPneumonia = random() < pneumoniaShare;
    const rank = hasPneumonia ? placeOnCurve(roc, random()) : random();
    return {
      arrival: time,
      class: priority === 'STAT' ? 'STAT' : hasPneumonia ? 'pneumonia' : 'normal',
      rank,
      readingSeconds: reading.medianSeconds * Math.exp(reading.spread * normal(random)),
    };
  });
}

/** Where the curve reaches this share of pneumonias; below zero, in order, for those above every normal. */
export function placeOnCurve(roc: readonly RocPoint[], share: number): number {
  const after = roc.findIndex(({ y }) => y >= share);
  const [above, below] = [roc[after], roc[after - 1]];
  if (!above) return 1;
  if (!below) return share - above.y;
  return below.x + ((above.x - below.x) * (share - below.y)) / (above.y - below.y);
}
