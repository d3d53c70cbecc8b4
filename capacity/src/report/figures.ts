import { quantile } from '@lucency/bench/benchmark';
import type { Priority } from '@lucency/contracts';
import type { ComponentOutcome, Outcome } from '../platform/simulate.js';
import type { Study } from '../workers/job.js';
import { objectives } from './objectives.js';

/** Of a core and of a GPU, for an hour. */
export interface Prices {
  readonly cpu: number;
  readonly gpu: number;
}

export const shares = [0.5, 0.95, 0.99] as const;

/** Seconds at those shares of studies. */
export type Percentiles = Readonly<Record<(typeof shares)[number], number>>;

export interface LaneFigures {
  readonly studies: number;
  /** From the submission until a pod takes it up. */
  readonly waiting: Percentiles;
  /** From the submission to the recorded reading. */
  readonly reading: Percentiles;
  /** From the submission to the recorded heatmap. */
  readonly heatmap: Percentiles;
}

export interface ComponentFigures {
  readonly name: string;
  readonly mostPods: number;
  readonly meanPods: number;
}

export interface Figures {
  readonly lanes: Readonly<Record<Priority, LaneFigures>>;
  readonly components: readonly ComponentFigures[];
  /** Of the workers' pods; gateways, database and storage come on top and are the same for all settings. */
  readonly costPerThousand: number;
  readonly scores: Outcome['scores'];
  /** Objectives that were not met. */
  readonly broken: readonly string[];
}

export function figuresOf({ studies, components, scores }: Outcome, hours: number, prices: Prices): Figures {
  const lanes = { STAT: laneFigures(studies, 'STAT'), ROUTINE: laneFigures(studies, 'ROUTINE') };
  const cost = components.reduce((sum, component) => sum + costOf(component, prices), 0);
  return {
    lanes,
    components: components.map(({ name, history, podHours }) => ({
      name,
      mostPods: Math.max(...history.map(({ ready }) => ready)),
      meanPods: podHours / hours,
    })),
    costPerThousand: (cost / studies.length) * 1000,
    scores,
    broken: objectives
      .filter(({ priority, share, seconds }) => !(at(studies, priority, share) <= seconds))
      .map(({ priority, share, seconds }) => `${priority} p${share * 100} < ${seconds} s`),
  };
}

function costOf({ podHours, request }: ComponentOutcome, { cpu, gpu }: Prices): number {
  return podHours * (request.cores * cpu + request.cards * gpu);
}

function at(studies: readonly Study[], lane: Priority, share: number): number {
  const own = studies.filter(({ priority }) => priority === lane);
  // Nobody broke a promise to nobody.
  return own.length === 0 ? 0 : quantile(own.map(seconds('readAt')), share);
}

function laneFigures(studies: readonly Study[], lane: Priority): LaneFigures {
  const own = studies.filter(({ priority }) => priority === lane);
  return {
    studies: own.length,
    waiting: percentiles(own.map(seconds('takenAt'))),
    reading: percentiles(own.map(seconds('readAt'))),
    heatmap: percentiles(own.map(seconds('drawnAt'))),
  };
}

/** What never came takes for ever, so that it cannot flatter. */
export function seconds(until: 'takenAt' | 'readAt' | 'drawnAt') {
  return (study: Study): number => {
    const time = study[until] - study.arrivedAt;
    return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
  };
}

function percentiles(values: readonly number[]): Percentiles {
  const [half, most, almostAll] = shares.map((share) => quantile(values, share));
  return { 0.5: half ?? Number.NaN, 0.95: most ?? Number.NaN, 0.99: almostAll ?? Number.NaN };
}
