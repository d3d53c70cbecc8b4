import type { Check } from '../evidence/evidence.ts';
import type { Load } from '../loads/load.ts';
import { serviceLevels } from '../slo.ts';

const allowedSeconds = 60;

/** Seconds into the load at which arrivals fell below the capacity for good; null when they never exceeded it. */
export function floodEndsAt({ crowds }: Load, minutes: number): number | null {
  const ends = Object.values(crowds).flatMap((crowd) => {
    if (!('arrivals' in crowd)) return [];
    let share = 0;
    return crowd.arrivals.flatMap((stage) => {
      share += stage.share;
      return Math.max(stage.from, stage.to) >= 1 ? [share] : [];
    });
  });
  return ends.length === 0 ? null : Math.max(...ends) * minutes * 60;
}

/** After the flood new studies are soon read in time again. */
export const recoversSoon: Check = ({ load, minutes, startedAt, recorded }) => {
  const flood = floodEndsAt(load, minutes);
  if (flood === null) return [];
  const floodEnd = startedAt + flood * 1000;
  const late = recorded.filter(
    ({ createdAt, readAt }) =>
      (readAt ?? Number.POSITIVE_INFINITY) - createdAt > serviceLevels.routineResult.p95Ms,
  );
  // Late ones that came during the flood count until they were read: the backlog is part of the flood.
  const lastLate = Math.max(floodEnd, ...late.map(({ readAt }) => readAt ?? Number.POSITIVE_INFINITY));
  const seconds = (lastLate - floodEnd) / 1000;
  return [
    {
      what: 'seconds after the flood until nothing was late any more',
      wanted: `< ${allowedSeconds} s`,
      measured: `${seconds.toFixed(0)} s`,
      ok: seconds < allowedSeconds,
    },
  ];
};
