import type { TaskKind, TaskState } from '../generated/prisma/enums.js';

export type ReadingState = 'RECEIVED' | 'QUEUED' | 'CLASSIFIED' | 'REFUSED' | 'FAILED';
export type ExplanationState = 'NONE' | 'PENDING' | 'READY' | 'WITHHELD' | 'FAILED';

/** What a study's state is derived from. */
export interface TaskStanding {
  kind: TaskKind;
  state: TaskState;
  reason: string | null;
  /** False until the dispatcher has handed it to NATS. */
  dispatched: boolean;
}

export interface StudyState {
  readingState: ReadingState;
  readingReason: string | null;
  explanationState: ExplanationState;
  explanationReason: string | null;
}

/** Moves a reading may make; FAILED goes back to QUEUED by retryStudy, CLASSIFIED and REFUSED are final. */
const readingMoves: Record<ReadingState, readonly ReadingState[]> = {
  RECEIVED: ['QUEUED', 'CLASSIFIED', 'REFUSED', 'FAILED'],
  QUEUED: ['CLASSIFIED', 'REFUSED', 'FAILED'],
  CLASSIFIED: [],
  REFUSED: [],
  FAILED: ['QUEUED'],
};

const explanationMoves: Record<ExplanationState, readonly ExplanationState[]> = {
  NONE: ['PENDING'],
  PENDING: ['READY', 'WITHHELD', 'FAILED'],
  // Once its score is known, when that says it explains nothing.
  READY: ['WITHHELD'],
  WITHHELD: [],
  FAILED: ['PENDING'],
};

/**
 * The state of a study from the tasks of its images: the worst open end decides, so a study is CLASSIFIED only
 * when every image is, and FAILED when any image is beyond help. Of the scores only one that withholds its heatmap
 * shows; that it is missing or failed never does.
 */
export function deriveStudyState(tasks: readonly TaskStanding[]): StudyState {
  const readings = tasks.filter(({ kind }) => kind === 'classify');
  const explanations = tasks.filter(({ kind }) => kind === 'explain');
  const reading =
    readings.find(({ state }) => state === 'FAILED') ??
    readings.find(({ state }) => state === 'PENDING') ??
    readings.find(({ state }) => state === 'REFUSED') ??
    readings[0];
  const explanation =
    explanations.find(({ state }) => state === 'FAILED') ??
    explanations.find(({ state }) => state === 'PENDING') ??
    explanations.find(({ state }) => state === 'REFUSED') ??
    tasks.find(({ kind, state }) => kind === 'score' && state === 'REFUSED') ??
    explanations[0];
  return {
    readingState: readingStateOf(reading),
    readingReason: reading?.reason ?? null,
    explanationState: explanationStateOf(explanation),
    explanationReason: explanation?.reason ?? null,
  };
}

function readingStateOf(task: TaskStanding | undefined): ReadingState {
  switch (task?.state) {
    case 'DONE':
      return 'CLASSIFIED';
    case 'REFUSED':
      return 'REFUSED';
    case 'FAILED':
      return 'FAILED';
    case 'PENDING':
      return task.dispatched ? 'QUEUED' : 'RECEIVED';
    default:
      return 'RECEIVED';
  }
}

function explanationStateOf(task: TaskStanding | undefined): ExplanationState {
  switch (task?.state) {
    case 'DONE':
      return 'READY';
    case 'REFUSED':
      return 'WITHHELD';
    case 'FAILED':
      return 'FAILED';
    case 'PENDING':
      return 'PENDING';
    default:
      return 'NONE';
  }
}

/** A bug in the coordination: it must not be stored. */
export class ForbiddenMove extends Error {}

/** Whether both halves of the state may move so; staying is always allowed. */
export function isAllowedMove(
  from: Pick<StudyState, 'readingState' | 'explanationState'>,
  to: Pick<StudyState, 'readingState' | 'explanationState'>,
): boolean {
  return (
    (from.readingState === to.readingState || readingMoves[from.readingState].includes(to.readingState)) &&
    (from.explanationState === to.explanationState ||
      explanationMoves[from.explanationState].includes(to.explanationState))
  );
}
