import type { Instruments } from './instruments.js';
import type { LabelsOf } from './metric-list.js';

/** For `timedBlobStore`: measures each call. */
export function blobCalls(
  instruments: Instruments,
): (call: LabelsOf<'lucency_blob_duration_seconds'> & { seconds: number }) => void {
  return ({ operation, outcome, seconds }) =>
    instruments.observe('lucency_blob_duration_seconds', seconds, { operation, outcome });
}

/** With `followConnection`: whether NATS can be reached. */
export function watchNats(instruments: Instruments, connected: () => boolean): void {
  instruments.watch('lucency_nats_connected', () => [{ value: connected() ? 1 : 0, labels: {} }]);
}
