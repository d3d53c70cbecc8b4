import type { ReadingState as StoredReadingState } from '../generated/prisma/enums.js';
import type { ReadingState } from './image-state.js';

export interface StoredReading {
  readingState: StoredReadingState;
  readingReason: string | null;
}

/**
 * Gateways of the release before read this column, too, and fail on a state that they do not know: NOT_READ is stored as
 * RECEIVED with a reason, which nothing else that was just received has.
 */
export function storedReadingState(state: ReadingState): StoredReadingState {
  return state === 'NOT_READ' ? 'RECEIVED' : state;
}

export function readingStateOf({ readingState, readingReason }: StoredReading): ReadingState {
  return readingState === 'RECEIVED' && readingReason !== null ? 'NOT_READ' : readingState;
}
