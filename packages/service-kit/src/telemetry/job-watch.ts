import type { JobWatch } from '@lucency/contracts';
import type { Instruments } from './instruments.js';
import { type LabelsOf, metricList } from './metric-list.js';
import { openSpan, traced } from './traced.js';
import { currentTraceparent } from './traceparent.js';

type Step = LabelsOf<'lucency_job_step_seconds'>['step'];
const steps: readonly string[] = metricList.lucency_job_step_seconds.labels.step;
const isStep = (name: string): name is Step => steps.includes(name);

/** Measures and traces jobs and results as they pass the messaging of a service. */
export function jobWatch(instruments: Instruments): JobWatch {
  return {
    job: ({ kind, priority, taskId, tries, queuedAt, traceparent }, work) => {
      const started = performance.now();
      const waited = Math.max(0, Date.now() - queuedAt) / 1000;
      instruments.observe('lucency_job_queue_seconds', waited, { kind, priority });
      const attributes = {
        'lucency.kind': kind,
        'lucency.priority': priority,
        'lucency.task_id': taskId,
        'lucency.tries': tries,
      };
      return traced(kind, { kind: 'consumer', traceparent, attributes }, async (span) => {
        const { outcome, timings } = await work();
        span.note({ 'lucency.outcome': outcome });
        if (outcome === 'failed') span.failed();
        const seconds = (performance.now() - started) / 1000;
        instruments.observe('lucency_job_duration_seconds', seconds, { kind, priority, outcome });
        for (const [step, ms] of Object.entries(timings)) {
          if (isStep(step)) instruments.observe('lucency_job_step_seconds', ms / 1000, { kind, step });
        }
      });
    },
    result: (result, traceparent) => {
      const { kind, taskId, outcome } = result;
      const span = openSpan(`record ${kind}`, {
        kind: 'consumer',
        traceparent,
        attributes: {
          'lucency.kind': kind,
          'lucency.task_id': taskId,
          'lucency.outcome': outcome,
          ...('reason' in result ? { 'lucency.reason': result.reason } : {}),
        },
      });
      return () => span.end();
    },
    traceparent: currentTraceparent,
  };
}
