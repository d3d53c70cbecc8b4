import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { kubectl } from './kubectl.js';
import { namespace } from './namespace.js';

const condition = z.object({ type: z.string(), status: z.string(), message: z.string().default('') });

const memory = z
  .string()
  .regex(/^\d+[MG]i$/)
  .transform((text) => Number.parseInt(text, 10) * (text.endsWith('Gi') ? 1024 : 1));
const container = z.object({
  name: z.string(),
  image: z.string(),
  resources: z
    .object({ requests: z.object({ memory }), limits: z.object({ memory }) })
    .optional()
    .catch(undefined),
});

const pod = z.object({
  metadata: z.object({
    name: z.string(),
    uid: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    deletionTimestamp: z.string().optional(),
  }),
  spec: z.object({ nodeName: z.string().optional(), containers: z.array(container) }),
  status: z.object({
    phase: z.string(),
    conditions: z.array(condition).default([]),
    containerStatuses: z.array(z.object({ containerID: z.string().default('') })).default([]),
  }),
});
export type Pod = z.infer<typeof pod>;

const deployment = z.object({
  spec: z.object({ replicas: z.number() }),
  status: z.object({ readyReplicas: z.number().default(0) }),
});

const scaledObject = z.object({
  metadata: z.object({ name: z.string() }),
  status: z.object({ conditions: z.array(condition).default([]) }).default({ conditions: [] }),
});
export type ScaledObject = z.infer<typeof scaledObject>;

const autoscaler = z.object({
  status: z.object({
    desiredReplicas: z.number(),
    conditions: z.array(condition).default([]),
    currentMetrics: z
      .array(z.object({ resource: z.object({ current: z.object({ averageUtilization: z.number() }) }) }))
      .nullish()
      .catch(undefined),
  }),
});

/** The pods of a component of the release. */
export async function podsOf(component: string): Promise<Pod[]> {
  const text = await get('pods', '--selector', `app.kubernetes.io/component=${component}`);
  return z.object({ items: z.array(pod) }).parse(JSON.parse(text)).items;
}

export async function deploymentOf(component: string): Promise<{ wanted: number; ready: number }> {
  const { spec, status } = deployment.parse(JSON.parse(await get('deployment', `lucency-${component}`)));
  return { wanted: spec.replicas, ready: status.readyReplicas };
}

export async function scaledObjects(): Promise<ScaledObject[]> {
  return z.object({ items: z.array(scaledObject) }).parse(JSON.parse(await get('scaledobjects'))).items;
}

/** The autoscaler on CPU of a component: what it wants, and the percentage of its request that a pod takes, once known. */
export async function processorScaler(
  component: string,
): Promise<{ wanted: number; percent: number | undefined; active: boolean }> {
  const { status } = autoscaler.parse(JSON.parse(await get('hpa', `lucency-${component}`)));
  return {
    wanted: status.desiredReplicas,
    percent: status.currentMetrics?.[0]?.resource.current.averageUtilization,
    active: isTrue('ScalingActive', status.conditions),
  };
}

export function isTrue(type: string, conditions: z.infer<typeof condition>[]): boolean {
  return conditions.some((each) => each.type === type && each.status === 'True');
}

/** Whether it serves and was not told to go. */
export function isReady({ metadata, status }: Pod): boolean {
  return !metadata.deletionTimestamp && isTrue('Ready', status.conditions);
}

/** What a container of these pods requests and may take. @returns undefined when none says it in Mi or Gi */
export function memoryOf(
  pods: readonly Pod[],
  name: string,
): { requestMiB: number; limitMiB: number } | undefined {
  const found = pods.flatMap(({ spec }) => spec.containers).find((each) => each.name === name)?.resources;
  return found && { requestMiB: found.requests.memory, limitMiB: found.limits.memory };
}

/** Looks again and again. @returns the seconds until it held. @throws when the deadline passes first */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  deadlineSeconds: number,
): Promise<number> {
  const begun = Date.now();
  const elapsed = () => (Date.now() - begun) / 1000;
  while (!(await holds())) {
    if (elapsed() > deadlineSeconds) throw new Error(`${what}: not within ${deadlineSeconds} s`);
    await sleep(500);
  }
  return elapsed();
}

function get(...what: string[]): Promise<string> {
  return kubectl('--namespace', namespace, 'get', ...what, '--output=json');
}
