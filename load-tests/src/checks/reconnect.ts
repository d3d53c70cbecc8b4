import type { Check } from '../evidence/evidence.ts';
import { quantile } from '../evidence/quantile.ts';
import { only } from '../journal/read-journal.ts';

const allowedMs = 10_000;

/** After a cut everyone is back, and soon. */
export const allComeBack: Check = ({ load, entries }) => {
  const wanted = Object.values(load.crowds).reduce(
    (sum, crowd) => sum + ('cuts' in crowd ? crowd.people * (crowd.cuts?.length ?? 0) : 0),
    0,
  );
  const back = only(entries, 'subscribed').filter(({ again }) => again);
  const ms = quantile(
    back.map((entry) => entry.ms),
    0.95,
  );
  return [
    {
      what: 'subscriptions that came back',
      wanted: String(wanted),
      measured: String(back.length),
      ok: back.length >= wanted,
    },
    {
      what: 'back after, p(95)',
      wanted: `< ${allowedMs} ms`,
      measured: Number.isNaN(ms) ? 'not measured' : `${Math.round(ms)} ms`,
      ok: ms < allowedMs,
    },
  ];
};
