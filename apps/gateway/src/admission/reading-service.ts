import type { Workload } from './workload.js';

/** Nearly all routine studies are answered within this time: the 99th percentile of the service level. */
const behindSeconds = 30;
const awaySeconds = 60;

export type ReadingServiceState = 'ON_TIME' | 'BEHIND' | 'AWAY';

export interface ReadingService {
  state: ReadingServiceState;
  oldestWaitingSeconds: number;
}

/** How the AI keeps up, in the words of a banner: AWAY when studies wait and none was answered for a minute. */
export function readingService({ sites, answeredSecondsAgo }: Workload): ReadingService {
  const oldest = Math.max(0, ...sites.map(({ oldestSeconds }) => oldestSeconds));
  const silent = answeredSecondsAgo === null || answeredSecondsAgo > awaySeconds;
  const state = oldest > awaySeconds && silent ? 'AWAY' : oldest > behindSeconds ? 'BEHIND' : 'ON_TIME';
  return { state, oldestWaitingSeconds: Math.floor(oldest) };
}
