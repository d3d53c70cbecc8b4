/** Jobs that one process holds at once. */
export const explainLanes = [
  { priority: 'STAT' as const, slots: 4 },
  { priority: 'ROUTINE' as const, slots: 8 },
];

/** One at a time, and all are routine: a score computes for long, and nobody waits for it. */
export const scoreLanes = [{ priority: 'ROUTINE' as const, slots: 1 }];
