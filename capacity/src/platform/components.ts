import { largestBatch } from '@lucency/model/batching';
import type { Random } from '@lucency/statistics';
import type { ChartSettings, WorkerSettings } from '../chart/settings.js';
import { startJobScaler } from '../scaling/job-scaler.js';
import type { Assumptions } from '../service-times/assumptions.js';
import { Processor, type Runner } from '../simulation/processor.js';
import type { Simulation } from '../simulation/simulation.js';
import { Deployment, type Pod } from '../workers/deployment.js';
import { drawing, scoring } from '../workers/explain.js';
import { inference } from '../workers/inference.js';
import { type Handle, Intake, type LaneSlots, type Work } from '../workers/intake.js';
import type { Job } from '../workers/job.js';
import type { Nodes, Request } from '../workers/nodes.js';
import type { WorkTimes } from './work-times.js';

/** As `whenIdle` in explain. */
const idleLookSeconds = 0.25;

export interface Component {
  readonly name: 'inference-cpu' | 'inference-gpu' | 'explain';
  readonly request: Request;
  readonly deployment: Deployment;
}

export interface Surroundings {
  readonly simulation: Simulation;
  readonly random: Random;
  readonly times: WorkTimes;
  readonly assumptions: Pick<Assumptions, 'startSeconds'>;
  readonly nodes: Nodes;
  readonly processorOf: (cores: number) => Runner;
  readonly urgentBacklog: () => number;
  readonly lanes: Record<'classify' | 'explain' | 'score', readonly LaneSlots[]>;
  /** STAT and routine, weighted, as KEDA's formula has it. */
  readonly backlog: (kind: 'classify' | 'explain') => number;
  readonly on: Record<'taken' | 'read' | 'drawn' | 'scored' | 'scoreLater', (job: Job) => void>;
}

/** Every deployment of workers that the chart's values ask for, scaled as they say. */
export function components(settings: ChartSettings, around: Surroundings): Component[] {
  const { inferenceCpu, inferenceGpu, explain } = settings;
  const { cpu: cpuStart, gpu: gpuStart } = around.assumptions.startSeconds;
  const start = (
    name: Component['name'],
    worker: WorkerSettings,
    rest: {
      kind: 'classify' | 'explain';
      cards: number;
      startSeconds: number;
      startPod: (cpu: Runner) => Pod;
    },
  ): Component => {
    const request = { cores: worker.resources.requests.cpu, cards: rest.cards };
    const { simulation, nodes } = around;
    const deployment = new Deployment(
      {
        simulation,
        nodes,
        request,
        startSeconds: rest.startSeconds,
        startPod: () => rest.startPod(around.processorOf(request.cores)),
      },
      settings.keda.enabled ? worker.scaling.min : worker.replicas,
    );
    if (settings.keda.enabled) scale(deployment, worker, rest.kind, settings, around);
    return { name, request, deployment };
  };

  const running: Component[] = [];
  if (inferenceCpu.enabled) {
    const startPod = (cpu: Runner) => cpuPod(cpu, inferenceCpu.threads, around);
    running.push(
      start('inference-cpu', inferenceCpu, { kind: 'classify', cards: 0, startSeconds: cpuStart, startPod }),
    );
  }
  if (inferenceGpu.enabled) {
    const startPod = (cpu: Runner) => gpuPod(cpu, inferenceGpu.resources.requests.cpu, around);
    const cards = inferenceGpu.gpu.count;
    running.push(
      start('inference-gpu', inferenceGpu, { kind: 'classify', cards, startSeconds: gpuStart, startPod }),
    );
  }
  const startPod = (cpu: Runner) => explainPod(cpu, around);
  running.push(start('explain', explain, { kind: 'explain', cards: 0, startSeconds: cpuStart, startPod }));
  return running;
}

function scale(
  deployment: Deployment,
  { scaling }: WorkerSettings,
  kind: 'classify' | 'explain',
  { keda, scaleDownWindow }: ChartSettings,
  { simulation, backlog }: Surroundings,
): void {
  startJobScaler({
    simulation,
    ...scaling,
    pollingSeconds: keda.pollingSeconds,
    cooldownSeconds: keda.cooldownSeconds,
    scaleDownWindow,
    metric: () => backlog(kind),
    replicas: () => deployment.replicas,
    scaleTo: (replicas) => deployment.scaleTo(replicas),
  });
}

function cpuPod(cpu: Runner, threads: number, { simulation, random, times, lanes, on }: Surroundings): Pod {
  const work = inference({
    simulation,
    random,
    cpu,
    decodeThreads: threads,
    engine: { processor: cpu, threads },
    largestBatch,
    times: { ...times, batch: times.batch(threads) },
  });
  return new Intake(lanes.classify, classifying(work, on));
}

/** Decodes with as many threads as it has cores; the card computes for it alone. */
function gpuPod(cpu: Runner, cores: number, { simulation, random, times, lanes, on }: Surroundings): Pod {
  const work = inference({
    simulation,
    random,
    cpu,
    decodeThreads: Math.max(1, Math.floor(cores)),
    engine: { processor: new Processor(simulation, 1), threads: 1 },
    largestBatch,
    times: { ...times, batch: times.gpuBatch },
  });
  return new Intake(lanes.classify, classifying(work, on));
}

function classifying(work: Work, on: Surroundings['on']): Handle {
  return (job, answered) => {
    on.taken(job);
    work(job, () => answered(() => on.read(job)));
  };
}

function explainPod(cpu: Runner, around: Surroundings): Pod {
  const { simulation, random, times, lanes, on, urgentBacklog } = around;
  const draw = drawing({ simulation, random, cpu, times });
  const score = scoring({ random, cpu, score: times.score, urgentBacklog });
  const scores = new Intake(
    lanes.score,
    (job, answered) => {
      simulation.after(times.ask(random), () =>
        score(
          () => answered(() => on.scored(job)),
          () => answered(() => on.scoreLater(job)),
        ),
      );
    },
    () => urgentBacklog() === 0,
  );
  const lookForScores = () => {
    if (scores.look()) simulation.after(idleLookSeconds, lookForScores);
  };
  lookForScores();
  const intakes = [
    new Intake(lanes.explain, (job, answered) => draw(job, () => answered(() => on.drawn(job)))),
    scores,
  ];
  return {
    drain: (drained) => {
      let pulling = intakes.length;
      for (const intake of intakes) {
        intake.drain(() => {
          pulling -= 1;
          if (pulling === 0) drained();
        });
      }
    },
    kill: () => intakes.flatMap((intake) => intake.kill()),
  };
}
