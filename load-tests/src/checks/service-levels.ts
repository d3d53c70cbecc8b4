import type { Check } from '../evidence/evidence.ts';
import { quantile } from '../evidence/quantile.ts';
import { metric, serviceLevels, thresholds } from '../slo.ts';

const titles: Record<string, string> = {
  [metric.uploadAcknowledged]: 'upload acknowledged',
  [metric.statResult]: 'STAT result seen',
  [metric.routineResult]: 'routine result seen',
  [metric.errors]: 'errors',
};

/** k6's own judgement. What was never measured is not met. */
export const serviceLevelsMet: Check = ({ summary }) =>
  Object.entries(thresholds).flatMap(([name, expressions]) =>
    expressions.map((expression) => {
      const found = summary.metrics[name];
      const value = found?.values[expression.split('<')[0] ?? ''];
      const samples = found?.values.count ?? (found?.values.passes ?? 0) + (found?.values.fails ?? 0);
      const isShare = name === metric.errors;
      const measured = isShare ? `${((value ?? 0) * 100).toFixed(3)} %` : `${Math.round(value ?? 0)} ms`;
      return {
        what: `${titles[name]}, ${isShare ? 'share' : expression.split('<')[0]}`,
        wanted: isShare ? `< ${serviceLevels.errorShare * 100} %` : `< ${expression.split('<')[1]} ms`,
        measured: samples > 0 ? `${measured} of ${samples}` : 'not measured',
        ok: samples > 0 && found?.thresholds?.[expression]?.ok === true,
      };
    }),
  );

/** The same for every study, followed by a client or not, by the platform's own clock. */
export const recordedInTime: Check = ({ recorded }) =>
  [
    { stat: true, what: 'STAT result recorded, p(95)', p: 0.95, ms: serviceLevels.statResult.p95Ms },
    { stat: false, what: 'routine result recorded, p(95)', p: 0.95, ms: serviceLevels.routineResult.p95Ms },
    { stat: false, what: 'routine result recorded, p(99)', p: 0.99, ms: serviceLevels.routineResult.p99Ms },
  ].map(({ stat, what, p, ms }) => {
    const waits = recorded.filter((study) => study.stat === stat).map(waitOf);
    const measured = quantile(waits, p);
    return {
      what,
      wanted: `< ${ms} ms`,
      measured: waits.length > 0 ? `${Math.round(measured)} ms of ${waits.length}` : 'not measured',
      ok: measured < ms,
    };
  });

/** Milliseconds from submission to reading; infinite for what was never read, unless it was refused. */
function waitOf({ createdAt, readAt, state }: { createdAt: number; readAt: number | null; state: string }) {
  if (readAt !== null) return readAt - createdAt;
  return state === 'REFUSED' ? 0 : Number.POSITIVE_INFINITY;
}
