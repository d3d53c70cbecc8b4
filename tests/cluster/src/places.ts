import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const clusterTests = join(root, 'tests/cluster');
export const chartFolder = join(root, 'deploy/helm/lucency');

const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
/** What outlives a cluster: images that were built. */
export const imageFolder = join(cache, 'lucency/cluster/images');
/** The one cluster that may run on a machine: its state, logs, keys and volumes. */
export const runFolder = join(cache, 'lucency/cluster/run');
