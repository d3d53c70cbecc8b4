/** Two batches of the engine: one computing, one being prepared. Each lane has its own, so STAT never queues. */
export const lanes = [
  { priority: 'STAT' as const, slots: 4 },
  { priority: 'ROUTINE' as const, slots: 16 },
];
