import { failureCode, jobKind } from '@lucency/contracts';
import type { Instruments, LabelsOf } from '@lucency/service-kit';
import type { FencedResult } from './fence.js';

type Reason = LabelsOf<'lucency_results_total'>['reason'];

/**
 * Prometheus counts increases from the first sample of a series, which therefore must not be the first event: what
 * alerts ask for is there from the start.
 */
export function beginAtNone(instruments: Instruments): void {
  instruments.count('lucency_results_total', { kind: 'classify', outcome: 'read', reason: 'none' }, 0);
  for (const kind of jobKind.options) {
    for (const reason of failureCode.options) {
      instruments.count('lucency_results_total', { kind, outcome: 'failed', reason }, 0);
    }
  }
}

/** Counts results that were recorded, and how long their studies waited for them. */
export function measureRecorded(instruments: Instruments, counted: readonly FencedResult[]): void {
  if (counted.length === 0) return;
  instruments.observe('lucency_recorded_results', counted.length, {});
  for (const { task, result } of counted) {
    const { kind, outcome } = result;
    const reason: Reason = 'reason' in result ? result.reason : 'none';
    instruments.count('lucency_results_total', { kind, outcome, reason });
    if (outcome === 'later' && result.tries > task.tries) instruments.count('lucency_tries_total', { kind });
    // A retried study waited for a person too.
    if (result.attempt > 1) continue;
    const labels = { priority: task.priority };
    if (outcome === 'read' || outcome === 'refused') {
      instruments.observe('lucency_time_to_reading_seconds', task.studyAgeSeconds, labels);
    }
    if (outcome === 'drawn') {
      instruments.observe('lucency_time_to_heatmap_seconds', task.studyAgeSeconds, labels);
    }
  }
}
