import type { Priority } from '@lucency/contracts';

/** What the platform promises, in seconds from the submission to the recorded reading. */
export const objectives: readonly { priority: Priority; share: number; seconds: number }[] = [
  { priority: 'STAT', share: 0.95, seconds: 5 },
  { priority: 'ROUTINE', share: 0.95, seconds: 10 },
  { priority: 'ROUTINE', share: 0.99, seconds: 30 },
];
