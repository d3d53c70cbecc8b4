import type { Decision } from '../generated/prisma/enums.js';
import type { ExplanationState, ReadingState, Standing } from './image-state.js';

/** Moves a reading may make. FAILED goes back to QUEUED by a retry, an answered study by an image that comes late. */
const readingMoves: Record<ReadingState, readonly ReadingState[]> = {
  NOT_READ: ['RECEIVED', 'REFUSED'],
  RECEIVED: ['QUEUED', 'CLASSIFIED', 'REFUSED', 'FAILED'],
  QUEUED: ['CLASSIFIED', 'REFUSED', 'FAILED'],
  CLASSIFIED: ['QUEUED'],
  REFUSED: ['QUEUED'],
  FAILED: ['QUEUED'],
};

const explanationMoves: Record<ExplanationState, readonly ExplanationState[]> = {
  NONE: ['PENDING'],
  PENDING: ['READY', 'WITHHELD', 'FAILED'],
  // WITHHELD once its score is known, when that says it explains nothing; PENDING when another image was read since.
  READY: ['WITHHELD', 'PENDING'],
  WITHHELD: ['PENDING'],
  FAILED: ['PENDING'],
};

/**
 * The state of a study from those of its images. Images that nobody reads count for nothing beside others. What is open
 * or beyond help decides first, so that a study is CLASSIFIED only once no image waits and none has failed; one that was
 * refused beside one that was read changes nothing. A study is REFUSED when none could be read and one was refused.
 */
export function deriveStudyState(images: readonly Standing[]): Standing {
  const isWaiting = ({ readingState }: Standing) => readingState === 'RECEIVED' || readingState === 'QUEUED';
  const reading =
    images.find(({ readingState }) => readingState === 'FAILED') ??
    images.find(({ readingState }) => readingState === 'QUEUED') ??
    images.find(isWaiting) ??
    images.find(({ readingState }) => readingState === 'CLASSIFIED') ??
    images.find(({ readingState }) => readingState === 'REFUSED') ??
    images[0];
  const explanation = (['FAILED', 'PENDING', 'READY', 'WITHHELD'] as const)
    .map((state) => images.find(({ explanationState }) => explanationState === state))
    .find((found) => found !== undefined);
  return {
    readingState: reading?.readingState ?? 'NOT_READ',
    readingReason: reading?.readingReason ?? null,
    explanationState: explanation?.explanationState ?? 'NONE',
    explanationReason: explanation?.explanationReason ?? null,
  };
}

/** What a study answers. */
export interface Answer {
  probability: number;
  decision: Decision;
}

/** The answer of a study from its readings: the highest probability, and PNEUMONIA where one image's is. */
export function answerOf(readings: readonly Answer[]): Answer | null {
  if (readings.length === 0) return null;
  return {
    probability: Math.max(...readings.map(({ probability }) => probability)),
    decision: readings.some(({ decision }) => decision === 'PNEUMONIA') ? 'PNEUMONIA' : 'NORMAL',
  };
}

/** A bug in the coordination: it must not be stored. */
export class ForbiddenMove extends Error {}

type States = Pick<Standing, 'readingState' | 'explanationState'>;

/**
 * Where a study goes from here when its images say `derived`. Work that was put off, retried or added waits in the
 * database again, but to whoever looks at it a study that was queued once stays queued.
 * @throws ForbiddenMove
 */
export function nextState(from: States, derived: Standing): Standing {
  const isNew = from.readingState === 'RECEIVED' || from.readingState === 'NOT_READ';
  const next =
    derived.readingState === 'RECEIVED' && !isNew ? { ...derived, readingState: 'QUEUED' as const } : derived;
  if (!isAllowedMove(from, next)) {
    throw new ForbiddenMove(`from ${from.readingState}, ${from.explanationState} to ${JSON.stringify(next)}`);
  }
  return next;
}

/** Whether both halves of the state may move so; staying is always allowed. */
export function isAllowedMove(from: States, to: States): boolean {
  return (
    (from.readingState === to.readingState || readingMoves[from.readingState].includes(to.readingState)) &&
    (from.explanationState === to.explanationState ||
      explanationMoves[from.explanationState].includes(to.explanationState))
  );
}
