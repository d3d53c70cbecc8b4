import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const probe = z.looseObject({});
const amounts = z.record(z.string(), z.union([z.string(), z.number()])).optional();

const container = z.looseObject({
  name: z.string(),
  image: z.string(),
  securityContext: z
    .looseObject({
      allowPrivilegeEscalation: z.boolean().optional(),
      readOnlyRootFilesystem: z.boolean().optional(),
      privileged: z.boolean().optional(),
      capabilities: z
        .looseObject({ drop: z.array(z.string()).optional(), add: z.array(z.string()).optional() })
        .optional(),
    })
    .optional(),
  resources: z.looseObject({ requests: amounts, limits: amounts }).optional(),
  ports: z.array(z.looseObject({ name: z.string().optional() })).optional(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).optional(),
  startupProbe: probe.optional(),
  readinessProbe: probe.optional(),
  livenessProbe: probe.optional(),
});

const podSpec = z.looseObject({
  automountServiceAccountToken: z.boolean().optional(),
  serviceAccountName: z.string().optional(),
  hostNetwork: z.boolean().optional(),
  hostPID: z.boolean().optional(),
  hostIPC: z.boolean().optional(),
  securityContext: z
    .looseObject({
      runAsNonRoot: z.boolean().optional(),
      runAsUser: z.number().optional(),
      seccompProfile: z.looseObject({ type: z.string() }).optional(),
    })
    .optional(),
  containers: z.array(container),
  initContainers: z.array(container).optional(),
  volumes: z.array(z.looseObject({ name: z.string() })).optional(),
});
export type PodSpec = z.infer<typeof podSpec>;

const labels = z.record(z.string(), z.string()).optional();
const template = z.looseObject({ metadata: z.looseObject({ labels }).optional(), spec: podSpec });

const cronSpec = z.looseObject({ jobTemplate: z.looseObject({ spec: z.looseObject({}) }) });

const manifest = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), labels }),
});
export type Manifest = z.infer<typeof manifest>;

/** The objects of what `helm template` prints. Throws when it is not YAML, or not Kubernetes' objects. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors ?? [];
    if (error) throw error;
    const content: unknown = document.toJS();
    return content === null ? [] : [manifest.parse(content)];
  });
}

export interface Workload {
  /** `Deployment lucency-gateway` */
  name: string;
  kind: string;
  labels: Record<string, string>;
  pod: PodSpec;
}

/** Everything that makes pods, with the pod it makes. */
export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  return manifests.flatMap((each) => {
    const name = `${each.kind} ${each.metadata.name}`;
    if (each.kind === 'Pod') {
      return [{ name, kind: each.kind, labels: each.metadata.labels ?? {}, pod: podSpec.parse(each.spec) }];
    }
    if (!['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'].includes(each.kind)) return [];
    const job = each.kind === 'CronJob' ? cronSpec.parse(each.spec).jobTemplate : each;
    const { spec, metadata } = z.looseObject({ template }).parse(job.spec).template;
    return [{ name, kind: each.kind, labels: metadata?.labels ?? {}, pod: spec }];
  });
}
