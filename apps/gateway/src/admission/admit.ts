import type { Priority } from '@lucency/contracts';
import { longerSeconds, recentSeconds, type Workload } from './workload.js';

/** Longest expected wait of a study, in seconds; beyond it every site is refused. */
export type WaitLimits = Readonly<Record<Priority, number>>;

/** Null when one more study can be read in time, else the seconds after which to try again. */
export type Admit = (study: { siteId: string; priority: Priority }) => Promise<number | null>;

/** Fewer waiting studies are no load: they may be a few that crash their workers. */
const fewestStanding = 5;
/** Share of the limit from which on the sites with most waiting studies are refused. */
const closedToMost = 0.5;
/**
 * Where nothing is answered at all, workers are starting, being replaced or away: what waits is safe until they come, and
 * is turned away only when that takes longer.
 */
const standstillSeconds = 60;
const shortestRetrySeconds = 5;
const longestRetrySeconds = 120;

/**
 * Whether a site may submit one more study. While one of this priority would wait beyond the limit, nobody may; beyond
 * half of it, none of the sites that have at least the average share of what waits. A flood of routine refuses no STAT,
 * since STAT is read first.
 * @returns null to admit, else seconds after which to try again, spread out so that clients do not return at once.
 */
export function admit(
  workload: Workload,
  { siteId, priority }: { siteId: string; priority: Priority },
  limits: WaitLimits,
  random: () => number = Math.random,
): number | null {
  const wait = expectedWait(workload, priority);
  const limit = closedToMost * limits[priority];
  if (wait <= limit) return null;

  const queue = workload.sites.filter((site) => site.priority === priority);
  const own = queue.find((site) => site.siteId === siteId)?.waiting ?? 0;
  const others = queue.filter((site) => site.siteId !== siteId);
  const fairShare = (own + sumOf(others, 'waiting')) / (others.length + 1);
  if (own < fairShare && wait <= limits[priority]) return null;

  const seconds = Math.min(longestRetrySeconds, Math.max(shortestRetrySeconds, wait - limit));
  return Math.ceil(seconds * (1 + random() / 2));
}

/**
 * Seconds until one more study of this priority is read: what is before it in the queue over the pace at which studies are
 * answered. That is the better of the last seconds, which know of new workers, and of a longer time, in which a moment's
 * pause does not count. Where nothing was answered, as long as the oldest has waited already beyond a standstill that may
 * be. An empty queue is no wait, and what is answered meanwhile says nothing then.
 */
function expectedWait({ sites, answered, answeredLonger }: Workload, priority: Priority): number {
  const before = sites.filter((site) => site.priority === 'STAT' || priority === 'ROUTINE');
  if (sumOf(before, 'standing') < fewestStanding) return 0;
  if (answeredLonger === 0)
    return Math.max(0, ...before.map(({ oldestSeconds }) => oldestSeconds - standstillSeconds));
  const perSecond = Math.max(answered / recentSeconds, answeredLonger / longerSeconds);
  return sumOf(before, 'waiting') / perSecond;
}

function sumOf<Key extends 'waiting' | 'standing'>(sites: readonly Record<Key, number>[], key: Key): number {
  return sites.reduce((sum, site) => sum + site[key], 0);
}
