import type { Priority } from '@lucency/contracts';
import { seededRandom } from '@lucency/statistics';
import { lanes as slotsOf } from '@lucency/worker-kit/lanes';
import type { Arrival } from '../arrivals/draw-arrivals.js';
import type { ChartSettings } from '../chart/settings.js';
import type { Assumptions } from '../service-times/assumptions.js';
import { Processor } from '../simulation/processor.js';
import { Simulation } from '../simulation/simulation.js';
import type { PodCount } from '../workers/deployment.js';
import type { Job, Study } from '../workers/job.js';
import { Lane } from '../workers/lane.js';
import { Nodes, type Request } from '../workers/nodes.js';
import { type Component, components } from './components.js';
import { handOver, type Legs } from './hand-over.js';
import type { WorkTimes } from './work-times.js';

export interface Scenario {
  readonly arrivals: readonly Arrival[];
  /** Seconds; pods are counted between them, and what is under way at the end is seen through. */
  readonly from: number;
  readonly until: number;
  readonly seed: number;
  readonly times: WorkTimes;
  readonly legs: Legs;
  readonly assumptions: Pick<Assumptions, 'startSeconds'>;
  readonly nodes: Request;
  /** Inference pods that end without warning. */
  readonly killsPerHour: number;
  /** All pods, gateway and database share one machine of so many cores; null: each pod has what it requests. */
  readonly oneMachine: number | null;
  /** Whether heatmaps are scored. */
  readonly scores: boolean;
}

/** What a component cost and how many pods it had. */
export interface ComponentOutcome {
  readonly name: Component['name'];
  readonly history: readonly PodCount[];
  readonly podHours: number;
  readonly request: Request;
}

export interface Outcome {
  readonly studies: readonly Study[];
  readonly components: readonly ComponentOutcome[];
  /** Scores that were made, and how often one was put off because other work waited. */
  readonly scores: { readonly made: number; readonly putOff: number };
}

/** Of workers that share a machine with the others: `nice 5` of 'npm start', by the kernel's table of weights (335 of 1024). */
const workerWeight = 335 / 1024;
/** `scoreDelaySeconds` of the recorder. */
const scoreDelaySeconds = 3;
/** At the end of a scenario what is under way gets so long. */
const seeThroughSeconds = 6 * 3600;

/** Sends every arrival through the platform. The same scenario and settings give the same outcome. */
export function simulate(settings: ChartSettings, scenario: Scenario): Outcome {
  const simulation = new Simulation();
  const random = seededRandom(scenario.seed);
  const shared = scenario.oneMachine === null ? null : new Processor(simulation, scenario.oneMachine);
  const lanes = {
    classify: lanePair(),
    explain: lanePair(),
    score: lanePair(),
  };
  const urgentBacklog = () =>
    [lanes.classify, lanes.explain].reduce(
      (sum, { STAT, ROUTINE }) => sum + STAT.backlog + ROUTINE.backlog,
      0,
    );
  const around = shared ?? new Processor(simulation, Number.POSITIVE_INFINITY);
  const taken = handOver(simulation, around, scenario.legs.submit);
  const dispatched = handOver(simulation, around, scenario.legs.dispatch);
  const recorded = handOver(simulation, around, scenario.legs.record);
  const studies: Study[] = [];
  const scores = { made: 0, putOff: 0 };

  const submit = ({ time, priority }: Arrival) => {
    const study: Study = {
      priority,
      arrivedAt: time,
      takenAt: Number.NaN,
      readAt: Number.NaN,
      drawnAt: Number.NaN,
    };
    studies.push(study);
    taken(() => dispatched(() => lanes.classify[priority].push({ study, deliveries: 1 })));
  };
  const read = ({ study }: Job) => {
    recorded(() => {
      study.readAt = simulation.now;
      dispatched(() => lanes.explain[study.priority].push({ study, deliveries: 1 }));
    });
  };
  const drawn = ({ study }: Job) => {
    recorded(() => {
      study.drawnAt = simulation.now;
      scoreAfterPause(study);
    });
  };
  const scoreAfterPause = (study: Study) => {
    // Nobody waits for a score, so none is followed beyond the scenario's end.
    if (!scenario.scores || simulation.now + scoreDelaySeconds > scenario.until) return;
    simulation.after(scoreDelaySeconds, () => lanes.score.ROUTINE.push({ study, deliveries: 1 }));
  };

  const running = components(settings, {
    simulation,
    random,
    times: scenario.times,
    assumptions: scenario.assumptions,
    nodes: new Nodes(scenario.nodes),
    processorOf: (cores) => shared?.yielding(workerWeight) ?? new Processor(simulation, cores),
    urgentBacklog,
    lanes: {
      classify: slotsOf.classify.map(({ priority, slots }) => ({ lane: lanes.classify[priority], slots })),
      explain: slotsOf.explain.map(({ priority, slots }) => ({ lane: lanes.explain[priority], slots })),
      score: slotsOf.score.map(({ priority, slots }) => ({ lane: lanes.score[priority], slots })),
    },
    backlog: (kind) => settings.keda.statWeight * lanes[kind].STAT.backlog + lanes[kind].ROUTINE.backlog,
    on: {
      taken: ({ study }) => {
        if (Number.isNaN(study.takenAt)) study.takenAt = simulation.now;
      },
      read,
      drawn,
      scored: () => {
        scores.made += 1;
      },
      scoreLater: ({ study }) => {
        scores.putOff += 1;
        scoreAfterPause(study);
      },
    },
  });
  startArrivals(simulation, scenario.arrivals, submit);
  startKills(simulation, scenario, settings, running, random);

  simulation.runUntil(scenario.from);
  const before = running.map(({ deployment }) => deployment.occupiedSeconds);
  simulation.runUntil(scenario.until);
  const outcomes = running.map(({ name, request, deployment }, index) => ({
    name,
    request,
    history: [...deployment.history],
    podHours: (deployment.occupiedSeconds - (before[index] ?? 0)) / 3600,
  }));
  for (let more = 0; more < seeThroughSeconds && studies.some(isUnderWay); more += 60) {
    simulation.runUntil(scenario.until + more);
  }
  return { studies, components: outcomes, scores };
}

function lanePair(): Record<Priority, Lane> {
  return { STAT: new Lane(), ROUTINE: new Lane() };
}

function isUnderWay({ drawnAt }: Study): boolean {
  return Number.isNaN(drawnAt);
}

/** One event at a time, so that the queue of events stays short. */
function startArrivals(
  simulation: Simulation,
  arrivals: readonly Arrival[],
  submit: (arrival: Arrival) => void,
) {
  let next = 0;
  const arrive = () => {
    const arrival = arrivals[next];
    if (!arrival) return;
    simulation.at(arrival.time, () => {
      next += 1;
      submit(arrival);
      arrive();
    });
  };
  arrive();
}

/** What a killed pod had in hand is delivered again when its ack wait is over, a third of which it may have used up. */
function startKills(
  simulation: Simulation,
  { killsPerHour, until }: Scenario,
  { jobAckWaitSeconds }: ChartSettings,
  running: readonly Component[],
  random: () => number,
) {
  const victims = running.filter(({ name }) => name !== 'explain');
  const killNext = () => {
    simulation.after((-Math.log(1 - random()) * 3600) / killsPerHour, () => {
      if (simulation.now > until) return;
      const victim = victims[Math.floor(random() * victims.length)];
      for (const { job, lane } of victim?.deployment.kill(random()) ?? []) {
        simulation.after(jobAckWaitSeconds * (1 - random() / 3), () => lane.giveBack(job));
      }
      killNext();
    });
  };
  if (killsPerHour > 0) killNext();
}
