import type { JobKind, Priority } from './jobs.js';

/**
 * A lane is a kind, a priority and a model. Lanes of the model in use name none, so that workers of any version take from them;
 * those of further models have one token more in their subjects, so that the filters of consumers do not overlap.
 */
export type LaneModel = string | null;

/** Subjects carry ids of tasks, organizations and models only: they end up in logs and metrics of NATS. */
export const subjects = {
  job: (kind: JobKind, priority: Priority, taskId: string, model: LaneModel = null) =>
    `${laneSubject(kind, priority, model)}.${taskId}`,
  jobsOf: (kind: JobKind, priority: Priority, model: LaneModel = null) =>
    `${laneSubject(kind, priority, model)}.*`,
  allJobs: 'jobs.>',
  result: (kind: JobKind, taskId: string) => `results.${kind}.${taskId}`,
  allResults: 'results.>',
  /** A hint that tasks are due; the dispatcher of every gateway listens. */
  tasksDue: 'hints.tasks-due',
  changes: (organizationId: string) => `changes.${organizationId}`,
  allChanges: 'changes.*',
} as const;

export const streams = { jobs: 'JOBS', results: 'RESULTS' } as const;

/** One durable consumer a lane, so that KEDA can weigh and workers can choose. */
export const consumers = {
  job: (kind: JobKind, priority: Priority, model: LaneModel = null) =>
    [kind, priority.toLowerCase(), ...modelToken(model)].join('-'),
  recorder: 'recorder',
} as const;

function laneSubject(kind: JobKind, priority: Priority, model: LaneModel): string {
  return ['jobs', kind, priority.toLowerCase(), ...modelToken(model)].join('.');
}

/** Ids of models may have dots, which end a token and are no part of a consumer's name, but no underscores. */
function modelToken(model: LaneModel): string[] {
  return model === null ? [] : [model.replaceAll('.', '_')];
}
