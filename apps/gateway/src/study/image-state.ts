import { defaultMethod, shownMethod, type UnreadCode } from '@lucency/contracts';
import type { ImageView, TaskKind, TaskState } from '../generated/prisma/enums.js';

export type ReadingState = 'NOT_READ' | 'RECEIVED' | 'QUEUED' | 'CLASSIFIED' | 'REFUSED' | 'FAILED';
export type ExplanationState = 'NONE' | 'PENDING' | 'READY' | 'WITHHELD' | 'FAILED';

/** How the reading and the explanation of an image, or of a whole study, stand. */
export interface Standing {
  readingState: ReadingState;
  readingReason: string | null;
  explanationState: ExplanationState;
  explanationReason: string | null;
}

/** What the state of an image is derived from. */
export interface ImageFacts {
  view: ImageView;
  tasks: readonly TaskStanding[];
}

export interface TaskStanding {
  kind: TaskKind;
  /** Of explanations and their scores; null where the usual one is meant, as by gateways that named none. */
  method: string | null;
  state: TaskState;
  reason: string | null;
  /** False until the dispatcher has handed it to NATS. */
  dispatched: boolean;
}

/** Views that the model does not read, as the sender or the DICOM header names them. */
const unreadViews: Partial<Record<ImageView, UnreadCode>> = {
  LATERAL: 'LATERAL_NOT_READ',
  OTHER: 'OTHER_VIEW_NOT_READ',
};

/** Whether an image of this view gets work at all. The gate decides about those of unknown view. */
export function isRead(view: ImageView): boolean {
  return !(view in unreadViews);
}

/**
 * The state of an image from its tasks. Of the scores only one that withholds its heatmap shows; that it is missing or
 * failed never does. What other methods explain beside the usual one is not shown, so it does not count.
 */
export function deriveImageState({ view, tasks }: ImageFacts): Standing {
  const shown = tasks.filter(({ method }) => (method ?? defaultMethod) === shownMethod);
  const of = (wanted: TaskKind) => shown.find(({ kind }) => kind === wanted);
  const [reading, explanation, score] = [of('classify'), of('explain'), of('score')];
  const withheld = explanation?.state === 'DONE' && score?.state === 'REFUSED' ? score : explanation;
  return {
    readingState: reading || isRead(view) ? readingStateOf(reading) : 'NOT_READ',
    readingReason: reading ? reading.reason : (unreadViews[view] ?? null),
    explanationState: explanationStateOf(withheld),
    explanationReason: withheld?.reason ?? null,
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
    default:
      return task?.dispatched ? 'QUEUED' : 'RECEIVED';
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
    // Of a withdrawn study, whose states move no more.
    case 'CANCELLED':
      return 'PENDING';
    default:
      return 'NONE';
  }
}
