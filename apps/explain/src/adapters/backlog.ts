import { consumers, type JobKind, type Priority, streams } from '@lucency/contracts';
import type { JetStreamLink } from '@lucency/messaging';

const urgent: [JobKind, Priority][] = [
  ['classify', 'STAT'],
  ['classify', 'ROUTINE'],
  ['explain', 'STAT'],
  ['explain', 'ROUTINE'],
];

/** How many images wait to be read or explained, or are in hand just now, anywhere. */
export async function urgentBacklog(link: JetStreamLink): Promise<number> {
  const manager = await link.manager();
  const counts = await Promise.all(
    urgent.map(async ([kind, priority]) => {
      const { num_pending, num_ack_pending } = await manager.consumers.info(
        streams.jobs,
        consumers.job(kind, priority),
      );
      return num_pending + num_ack_pending;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
