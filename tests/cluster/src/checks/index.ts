import type { Check } from './check.js';
import { drain } from './drain.js';
import { natsDeleted, workerKilled } from './faults.js';
import { gpu } from './gpu.js';
import { install } from './install.js';
import { restore } from './restore.js';
import { onProcessor, scalers, toZero } from './scaling.js';
import { upgradeUnderLoad } from './upgrade.js';
import { usage } from './usage.js';

/** In the order in which they are run. */
export const checks: readonly Check[] = [
  ...[install, scalers, usage, onProcessor, toZero, gpu],
  ...[drain, upgradeUnderLoad, workerKilled, natsDeleted, restore],
];
