import { DatabaseBusy } from '../database/pool.js';
import { ApiError } from '../schema/api-error.js';

export const busyCode = 'BUSY';
const mostSeconds = 4;

/** What a client is told while this gateway has too much in hand; times differ, so that not all return at once. */
export function busy(random: () => number = Math.random): { message: string; retryAfter: number } {
  const retryAfter = 1 + Math.floor(random() * mostSeconds);
  return { message: `Too much is asked for at once. Try again in ${retryAfter} s.`, retryAfter };
}

/** The same as an error of GraphQL; over HTTP with status 503 when nothing of the operation was answered. */
export function busyError(): ApiError {
  const { message, retryAfter } = busy();
  return new ApiError(busyCode, message, { retryAfter, http: { status: 503 } });
}

/** For what is done before an operation runs: Apollo takes the status from the error that is thrown. */
export async function orBusy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof DatabaseBusy ? busyError() : error;
  }
}
