import { DatabaseBusy } from '../../database/pool.js';
import { ApiError } from '../../schema/api-error.js';

const maxSeconds = 4;

/** The refusal of a saturated gateway, with a random delay, so that clients do not all return at once. */
export function busy(random: () => number = Math.random): { message: string; retryAfterSeconds: number } {
  const retryAfterSeconds = 1 + Math.floor(random() * maxSeconds);
  return {
    message: `Too much is asked for at once. Try again in ${retryAfterSeconds} s.`,
    retryAfterSeconds,
  };
}

/** The same as an error of GraphQL; over HTTP with status 503 when nothing of the operation was answered. */
export function busyError(): ApiError {
  const { message, retryAfterSeconds } = busy();
  return new ApiError('BUSY', message, retryAfterSeconds);
}

/** For what is done before an operation runs: Apollo takes the status from the error that is thrown. */
export async function orBusy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DatabaseBusy ? busyError() : error;
  }
}
