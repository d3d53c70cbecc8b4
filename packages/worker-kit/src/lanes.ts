/**
 * Jobs that one process holds at once, by kind and priority. Each lane has its own slots, so that STAT never queues behind
 * routine work.
 */
export const lanes = {
  /** Two batches of the engine: one computing, one being prepared. */
  classify: [
    { priority: 'STAT' as const, slots: 4 },
    { priority: 'ROUTINE' as const, slots: 16 },
  ],
  explain: [
    { priority: 'STAT' as const, slots: 4 },
    { priority: 'ROUTINE' as const, slots: 8 },
  ],
  /** One at a time, and all are routine: a score computes for long, and nobody waits for it. */
  score: [{ priority: 'ROUTINE' as const, slots: 1 }],
};
