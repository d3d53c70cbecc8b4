import type { Priority } from '@lucency/messaging';
import type { AgeLimits, SiteLoad } from './workload.js';

/** A few studies that crash their workers grow old by themselves and say nothing about the load. */
const fewestLate = 5;
/** From here on nobody is taken: what waits already will be late, whoever sent it. */
const closedToAll = 2;
const shortestRetrySeconds = 5;
const longestRetrySeconds = 120;

/**
 * Whether a site may submit one more study. While studies of this priority wait beyond the limit, those sites are
 * refused first that have at least the average share of what waits; at twice the limit all are. STAT and routine are
 * judged apart: a flood of routine refuses no STAT.
 * @returns null to admit, else seconds after which to try again, spread out so that clients do not return at once.
 */
export function admit(
  sites: readonly SiteLoad[],
  { siteId, priority }: { siteId: string; priority: Priority },
  limits: AgeLimits,
  random: () => number = Math.random,
): number | null {
  const queue = sites.filter((site) => site.priority === priority);
  const late = queue.reduce((sum, site) => sum + site.late, 0);
  if (late < fewestLate) return null;

  const limit = limits[priority];
  const oldest = Math.max(...queue.map(({ oldestSeconds }) => oldestSeconds));
  const own = queue.find((site) => site.siteId === siteId)?.waiting ?? 0;
  const others = queue.filter((site) => site.siteId !== siteId);
  const fairShare = (own + others.reduce((sum, { waiting }) => sum + waiting, 0)) / (others.length + 1);
  if (own < fairShare && oldest < closedToAll * limit) return null;

  const seconds = Math.min(longestRetrySeconds, Math.max(shortestRetrySeconds, oldest - limit));
  return Math.ceil(seconds * (1 + random() / 2));
}
