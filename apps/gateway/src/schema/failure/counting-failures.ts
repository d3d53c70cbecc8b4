import { ExpectedFailure, TryLater } from '../../submission/errors.js';
import type { OperationContext } from '../context.js';

/** Runs a mutation and counts how it was refused, if it was; to try later is told slowly to those who do not listen. */
export async function countingFailures<T>(
  field: string,
  { deps, viewer }: OperationContext,
  change: () => Promise<T>,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (error instanceof ExpectedFailure) {
      deps.instruments.count('lucency_expected_failures_total', { field, code: error.code });
    }
    if (error instanceof TryLater)
      await deps.holdBack.beforeRefusing(viewer.personId, error.retryAfterSeconds);
    throw error;
  }
}
