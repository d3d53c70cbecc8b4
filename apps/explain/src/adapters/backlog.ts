import { consumers, type JobKind, type LaneModel, type Priority, streams } from '@lucency/contracts';
import type { JetStreamLink } from '@lucency/messaging';

const urgent: [JobKind, Priority][] = [
  ['classify', 'STAT'],
  ['classify', 'ROUTINE'],
  ['explain', 'STAT'],
  ['explain', 'ROUTINE'],
];

/** How many images wait to be read or explained, or are in flight, anywhere, by any of the models. */
export async function urgentBacklog(
  link: JetStreamLink,
  furtherModels: readonly string[] = [],
): Promise<number> {
  const manager = await link.manager();
  const waitingFor = async (kind: JobKind, priority: Priority, model: LaneModel) => {
    const lane = consumers.job(kind, priority, model);
    const { num_pending, num_ack_pending } = await manager.consumers.info(streams.jobs, lane);
    return num_pending + num_ack_pending;
  };
  const counts = await Promise.all([
    ...urgent.map(([kind, priority]) => waitingFor(kind, priority, null)),
    // During an upgrade coordinators may not know of a further model yet: no work waits for it then.
    ...furtherModels.flatMap((model) =>
      urgent.map(([kind, priority]) => waitingFor(kind, priority, model).catch(() => 0)),
    ),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}
