import { consumers, jobKind, type LaneModel, priority, streams, subjects } from '@lucency/contracts';
import {
  AckPolicy,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

export interface Topology {
  /** A job whose worker stays silent this long is given to another; workers report three times within it. */
  ackWaitSeconds: number;
  /** Copies of each stream in a NATS cluster. */
  replicas: number;
  /** Ids of the models beside the one in use: each has lanes of its own. */
  furtherModels: readonly string[];
}

/** A full disk must fail loudly at publishing instead of filling the volume; the rest waits in Postgres. */
const maxStreamBytes = 1024 ** 3;
const streamNameInUse = 10058;

/**
 * Makes streams and consumers as they should be; safe to call at any time and by every coordinator at once.
 */
export async function ensureTopology(manager: JetStreamManager, topology: Topology): Promise<void> {
  await Promise.all([
    ensureStream(manager, {
      name: streams.jobs,
      subjects: [subjects.allJobs],
      // One message a task: publishing again is refused while one is queued or in flight.
      max_msgs_per_subject: 1,
      discard: DiscardPolicy.New,
      discard_new_per_subject: true,
      num_replicas: topology.replicas,
    }),
    ensureStream(manager, {
      name: streams.results,
      subjects: [subjects.allResults],
      discard: DiscardPolicy.New,
      num_replicas: topology.replicas,
    }),
  ]);
  const models: LaneModel[] = [null, ...topology.furtherModels];
  const lanes = models.flatMap((model) =>
    jobKind.options.flatMap((kind) => priority.options.map((lane) => [kind, lane, model] as const)),
  );
  await Promise.all([
    ...lanes.map(([kind, lane, model]) =>
      manager.consumers.add(streams.jobs, {
        ...consumerDefaults(topology),
        durable_name: consumers.job(kind, lane, model),
        filter_subject: subjects.jobsOf(kind, lane, model),
      }),
    ),
    manager.consumers.add(streams.results, {
      ...consumerDefaults(topology),
      durable_name: consumers.recorder,
      filter_subject: subjects.allResults,
    }),
  ]);
}

function consumerDefaults({ ackWaitSeconds }: Topology) {
  return {
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ackWaitSeconds * 1000),
    // Unlimited: beyond a limit messages stay in the stream unseen. The intake counts tries itself.
    max_deliver: -1,
    max_ack_pending: 10_000,
  };
}

async function ensureStream(
  manager: JetStreamManager,
  config: Partial<StreamConfig> & { name: string },
): Promise<void> {
  const whole = {
    ...config,
    retention: RetentionPolicy.Workqueue,
    storage: StorageType.File,
    max_bytes: maxStreamBytes,
  };
  try {
    await manager.streams.add(whole);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== streamNameInUse) throw error;
    await manager.streams.update(config.name, whole);
  }
}
