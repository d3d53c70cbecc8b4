import { consumers, jobKind, priority, streams } from '@lucency/contracts';
import { z } from 'zod';
import type { Check } from '../check.js';
import { render } from '../helm.js';
import type { Manifest } from '../manifest.js';
import { run } from '../run.js';
import { goTool } from '../tools/go.js';
import { goTools } from '../tools/versions.js';
import { valueSet } from '../value-sets.js';

const scaledObject = z.looseObject({
  kind: z.literal('ScaledObject'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    scaleTargetRef: z.object({ name: z.string() }),
    fallback: z.looseObject({ replicas: z.number() }),
    triggers: z.array(z.looseObject({ metadata: z.record(z.string(), z.string()) })),
  }),
});

/** Throws when there are not as many as components with jobs. */
function scaledObjectsOf(manifests: readonly Manifest[]) {
  const found = manifests.flatMap((each) => scaledObject.safeParse(each).data ?? []);
  if (found.length !== 3) throw new Error(`there are ${found.length} scalers instead of 3`);
  return found;
}

/** KEDA scales to the maximum on a consumer that does not exist (KEDA #7657), and not at all on a missing Deployment. */
const asksForWhatThereIs: Check = {
  name: 'scalers ask for consumers and Deployments that there are',
  async faults() {
    const { manifests } = await render(valueSet('gpu'));
    const known = jobKind.options.flatMap((kind) =>
      priority.options.map((lane) => consumers.job(kind, lane)),
    );
    const deployments = manifests
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ metadata }) => metadata.name);
    return scaledObjectsOf(manifests).flatMap(({ metadata, spec }) => [
      ...spec.triggers
        .filter(
          (each) => each.metadata.stream !== streams.jobs || !known.includes(each.metadata.consumer ?? ''),
        )
        .map((each) => `${metadata.name} asks for ${each.metadata.stream} ${each.metadata.consumer}`),
      ...(deployments.includes(spec.scaleTargetRef.name) ? [] : [`${metadata.name} scales no Deployment`]),
    ]);
  },
};

/** Waiting jobs by lane, null where the trigger fails; and how many pods KEDA is to ask for, of 64 jobs each. */
const expected = [
  { stat: 0, routine: 0, pods: 0 },
  { stat: 0, routine: 65, pods: 2 },
  { stat: 16, routine: 1, pods: 2 },
  { stat: 100, routine: 640, pods: 17 },
  { stat: null, routine: null, pods: 'fallback' },
  { stat: null, routine: 640, pods: 'fallback' },
  { stat: 100, routine: null, pods: 'fallback' },
] as const;

/** By the code of KEDA itself: a formula that it cannot run makes no metric, and then the fallback, too, stays away. */
const formulas: Check = {
  name: 'KEDA adds up both lanes, and falls back when it cannot read one',
  async faults() {
    const program = await goTool(goTools.kedaScaler);
    const cases = expected.map(({ stat, routine }) => ({ stat, routine }));
    const jobsPerPod = [
      '--set=inferenceCpu.scaling.jobsPerPod=64',
      '--set=inferenceGpu.scaling.jobsPerPod=64',
      '--set=explain.scaling.jobsPerPod=64',
    ];
    const { manifests } = await render(valueSet('gpu'), jobsPerPod);
    const faults = await Promise.all(
      scaledObjectsOf(manifests).map(async (scaledObject) => {
        const name = scaledObject.metadata.name;
        const { ok, stdout, output } = await run(program, [], {
          input: JSON.stringify({ scaledObject, cases }),
        });
        if (!ok) return [`${name}: ${output}`];
        const answers = z.array(z.number().nullable()).parse(JSON.parse(stdout));
        return expected.flatMap(({ stat, routine, pods }, index) => {
          const wanted = pods === 'fallback' ? scaledObject.spec.fallback.replicas : pods;
          if (answers[index] === wanted) return [];
          return [
            `${name} with ${stat} and ${routine} waiting asks for ${answers[index]} pods, not ${wanted}`,
          ];
        });
      }),
    );
    return faults.flat();
  },
};

export const scalers: Check[] = [asksForWhatThereIs, formulas];
