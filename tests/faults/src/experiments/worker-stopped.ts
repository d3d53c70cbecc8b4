import { setTimeout as sleep } from 'node:timers/promises';
import { consumers, streams } from '@lucency/contracts';
import { connectToNats, JetStreamLink } from '@lucency/messaging';
import type { Experiment } from './experiment.js';

export const workerStopped: Experiment = {
  name: 'worker-stopped',
  promise: 'SIGTERM finishes what is in hand and takes nothing new',
  run: async (platform, journal, { studies }) => {
    const problems: string[] = [];
    await journal.submit(studies, { atOnce: 8 });
    const code = await platform.inference.stop();
    if (code !== 0) problems.push(`the worker ended with exit code ${code}`);
    if ((await unanswered(platform.nats.url)) > 0) problems.push('jobs in hand were dropped');
    await sleep(500);
    const recorded = async () => {
      const found = await platform.database.query<{ rows: number }>(
        'SELECT count(*)::int AS rows FROM reading',
      );
      return found.rows[0]?.rows ?? 0;
    };
    const atStop = await recorded();
    await sleep(3_000);
    if ((await recorded()) !== atStop) problems.push('it went on after it had ended');
    await platform.inference.start();
    return problems;
  },
};

/** Jobs of readings that NATS has handed out and nobody has answered: they come back as tried when their time is over. */
async function unanswered(natsUrl: string): Promise<number> {
  const connection = await connectToNats({ servers: natsUrl, name: 'faults' });
  try {
    const manager = await new JetStreamLink(connection, {
      ackWaitSeconds: 0,
      makesStreams: null,
    }).manager();
    const lanes = await Promise.all(
      (['STAT', 'ROUTINE'] as const).map((priority) =>
        manager.consumers.info(streams.jobs, consumers.job('classify', priority)),
      ),
    );
    return lanes.reduce((sum, { num_ack_pending }) => sum + num_ack_pending, 0);
  } finally {
    await connection.close();
  }
}
