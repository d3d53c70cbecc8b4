import type { JobKind, LaneModel } from '@lucency/contracts';
import type { InstalledModel } from '@lucency/model/card';

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
  /** One at a time, all routine: measuring takes long, and nobody waits for it. */
  score: [{ priority: 'ROUTINE' as const, slots: 1 }],
};

/** The lanes of every model: as many slots for each, so that none waits for another. */
export function lanesOf(kind: JobKind, [, ...further]: readonly [InstalledModel, ...InstalledModel[]]) {
  const models: LaneModel[] = [null, ...further.map(({ card }) => card.id)];
  return models.flatMap((model) => lanes[kind].map((lane) => ({ ...lane, model })));
}
