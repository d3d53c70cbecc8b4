import type { JobKind, Priority } from './jobs.js';

/** Subjects carry ids of tasks and organizations only: they end up in logs and metrics of NATS. */
export const subjects = {
  job: (kind: JobKind, priority: Priority, taskId: string) => `jobs.${kind}.${laneOf(priority)}.${taskId}`,
  jobsOf: (kind: JobKind, priority: Priority) => `jobs.${kind}.${laneOf(priority)}.*`,
  allJobs: 'jobs.>',
  result: (kind: JobKind, taskId: string) => `results.${kind}.${taskId}`,
  allResults: 'results.>',
  /** A hint that tasks are due; the dispatcher of every gateway listens. */
  tasksDue: 'hints.tasks-due',
  changes: (organizationId: string) => `changes.${organizationId}`,
  allChanges: 'changes.*',
} as const;

export const streams = { jobs: 'JOBS', results: 'RESULTS' } as const;

/** One durable consumer a kind and priority, so that KEDA can weigh and workers can choose. */
export const consumers = {
  job: (kind: JobKind, priority: Priority) => `${kind}-${laneOf(priority)}`,
  recorder: 'recorder',
} as const;

function laneOf(priority: Priority): string {
  return priority.toLowerCase();
}
