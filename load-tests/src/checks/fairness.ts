import type { Check } from '../evidence/evidence.ts';
import { quantile } from '../evidence/quantile.ts';
import { only } from '../journal/read-journal.ts';
import { serviceLevels } from '../slo.ts';

const turnedAwayAllowed = 0.01;

/** Whoever behaves is served as if the abuser were not there. */
export const fairToOthers: Check = ({ load, entries }) => {
  const isAbuser = (name: string) => load.crowds[name]?.as === 'abuser';
  const acknowledged = only(entries, 'acknowledged');
  const others = acknowledged.filter(({ crowd }) => !isAbuser(crowd));
  const turnedAway = only(entries, 'turnedAway');
  const othersAway = turnedAway.filter(({ crowd }) => !isAbuser(crowd)).length;
  const share = othersAway / Math.max(1, others.length + othersAway);
  const acknowledgedMs = quantile(
    others.map(({ ms }) => ms),
    0.95,
  );
  const seen = [...only(entries, 'seen'), ...only(entries, 'unseen')];
  const late = (stat: boolean) =>
    quantile(
      seen.filter((entry) => entry.stat === stat).map(({ ms }) => ms),
      0.95,
    );
  const { uploadAcknowledged, statResult, routineResult } = serviceLevels;
  return [
    {
      what: 'studies of the others that were turned away, share of their tries',
      wanted: `< ${turnedAwayAllowed * 100} %`,
      measured: `${(share * 100).toFixed(2)} % of ${others.length + othersAway}`,
      ok: others.length > 0 && share < turnedAwayAllowed,
    },
    ...[
      {
        what: 'upload of the others acknowledged, p(95)',
        ms: acknowledgedMs,
        limit: uploadAcknowledged.p95Ms,
      },
      { what: 'STAT result of the others seen, p(95)', ms: late(true), limit: statResult.p95Ms },
      { what: 'routine result of the others seen, p(95)', ms: late(false), limit: routineResult.p95Ms },
    ].map(({ what, ms, limit }) => ({
      what,
      wanted: `< ${limit} ms`,
      measured: Number.isNaN(ms) ? 'not measured' : `${Math.round(ms)} ms`,
      ok: ms < limit,
    })),
    {
      what: 'tries of the abuser that were turned away',
      wanted: 'some',
      measured: String(turnedAway.length - othersAway),
      ok: turnedAway.length > othersAway,
    },
  ];
};
