import type { Check } from '../evidence/evidence.ts';
import { metric, serviceLevels } from '../slo.ts';

/** Too much is answered with BUSY, not with errors, resets and silence. */
export const onlyAnswers: Check = ({ summary }) => {
  const { rate = 1, passes = 0, fails = 0 } = summary.metrics[metric.errors]?.values ?? {};
  const turnedAway = summary.metrics[metric.turnedAway]?.values.count ?? 0;
  return [
    {
      what: 'requests that ended in an error instead of an answer',
      wanted: `< ${serviceLevels.errorShare * 100} %`,
      measured: `${(rate * 100).toFixed(3)} % of ${passes + fails}, ${turnedAway} turned away`,
      ok: rate < serviceLevels.errorShare,
    },
  ];
};
