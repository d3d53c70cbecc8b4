import type { JobKind, Priority } from './jobs.js';
import type { JobResult, Timings } from './results.js';

export interface SeenJob {
  kind: JobKind;
  priority: Priority;
  taskId: string;
  /** Tries before this one. */
  tries: number;
  /** When NATS took it, in milliseconds since the epoch. */
  queuedAt: number;
  /** The trace it came with, as W3C Trace Context writes it. */
  traceparent: string | null;
}

export interface EndedJob {
  outcome: 'answered' | 'later' | 'failed';
  timings: Timings;
}

/** What sees jobs and results pass, to measure and trace them. */
export interface JobWatch {
  /** Runs the work on a job, to the stored result. */
  job(job: SeenJob, work: () => Promise<EndedJob>): Promise<void>;
  /** A result arrived. @returns a callback for when it is recorded. */
  result(result: JobResult, traceparent: string | null): () => void;
  /** The trace of the work in flight, for a message to carry on. */
  traceparent(): string | null;
}

/** Sees nothing. */
export const unwatched: JobWatch = {
  job: async (_job, work) => void (await work()),
  result: () => () => undefined,
  traceparent: () => null,
};
