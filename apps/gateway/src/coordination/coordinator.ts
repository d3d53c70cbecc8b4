import type { BlobStore } from '@lucency/blobs';
import type { ChangeAnnouncement } from '@lucency/contracts';
import { announceChange, type JetStreamLink, type Log } from '@lucency/messaging';
import type { Instruments } from '@lucency/service-kit';
import type { Pool } from 'pg';
import { Dispatcher } from './dispatcher.js';
import { markQueued } from './mark-queued.js';
import { startRecorder } from './recorder.js';
import { startSealing } from './sealer.js';
import { startSweeping } from './sweeper.js';

export interface CoordinatorOptions {
  pool: Pool;
  link: JetStreamLink;
  blobs: BlobStore;
  redispatchSeconds: number;
  pollMs: number;
  /** Null switches the sweeper off, as after restoring an older database. */
  sweepMs: number | null;
  instruments: Instruments;
  log: Log;
}

export interface Coordinator {
  /** Tasks were made in this process: dispatch them without waiting for a hint to come back. */
  wake(): void;
  stop(): Promise<void>;
}

/** Dispatcher, recorder, sweeper and sealer of one process; any number of coordinators may run. */
export function startCoordinator(options: CoordinatorOptions): Coordinator {
  const { pool, link, instruments, log } = options;
  const announce = (change: ChangeAnnouncement) => announceChange(link.connection, change);
  const dispatcher = new Dispatcher({
    pool,
    link,
    redispatchSeconds: options.redispatchSeconds,
    pollMs: options.pollMs,
    onQueued: async (tasks) => {
      for (const change of await markQueued(pool, tasks)) announce(change);
    },
    instruments,
    log,
  });
  const recorder = startRecorder({
    pool,
    link,
    onChange: announce,
    onTasksDue: () => dispatcher.wake(),
    instruments,
    log,
  });
  const sweeper = options.sweepMs
    ? startSweeping({ pool, blobs: options.blobs, intervalMs: options.sweepMs, log })
    : null;
  const sealer = startSealing({ pool, log });
  return {
    wake: () => dispatcher.wake(),
    stop: async () => {
      await Promise.all([dispatcher.stop(), recorder.stop(), sweeper?.stop(), sealer.stop()]);
    },
  };
}
