import { errors, turnedAway } from './measurements.ts';
import { note } from './notes.ts';

/** BUSY and QUOTA are answers that a client reckons with; everything else that is not data is an error. */
export type Answer<T> =
  | { data: T }
  | { busy: { code: string; retryAfterSeconds: number } }
  | { error: string };

/** Counts what a request came to, and notes whatever was not data. */
export function counted<T>(who: number, during: string, answer: Answer<T>): Answer<T> {
  errors.add('error' in answer, { name: during });
  if ('error' in answer) note({ is: 'error', who, during, code: answer.error });
  if ('busy' in answer) {
    turnedAway.add(1, { code: answer.busy.code });
    note({ is: 'turnedAway', who, ...answer.busy });
  }
  return answer;
}
