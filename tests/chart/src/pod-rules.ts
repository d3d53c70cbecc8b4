import type { Workload } from './manifest.js';

type Container = Workload['pod']['containers'][number];

/**
 * What is wrong with a pod: Pod Security `restricted` (https://kubernetes.io/docs/concepts/security/pod-security-standards/),
 * and what this chart promises beyond it: a read-only root, no token, requests and a memory limit, all three probes
 * where it serves, secrets by reference.
 */
export function faultsOf({ kind, pod }: Workload): string[] {
  const faults: string[] = [];
  const demand = (holds: boolean, fault: string) => {
    if (!holds) faults.push(fault);
  };
  const { securityContext = {} } = pod;
  demand(securityContext.runAsNonRoot === true, 'may run as root');
  demand((securityContext.runAsUser ?? 0) > 0, 'names no user by number');
  demand(securityContext.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile');
  demand(!(pod.hostNetwork || pod.hostPID || pod.hostIPC), "shares the node's namespaces");
  demand(pod.automountServiceAccountToken === false, 'is given a token');
  demand(!pod.volumes?.some((volume) => 'hostPath' in volume), "mounts the node's files");
  for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
    faults.push(...containerFaults(container).map((fault) => `${container.name} ${fault}`));
  }
  // Jobs and tests end by themselves.
  if (kind === 'Deployment' || kind === 'StatefulSet') {
    demand(pod.serviceAccountName !== undefined, 'has no service account of its own');
    for (const { name, startupProbe, readinessProbe, livenessProbe } of pod.containers) {
      demand(Boolean(startupProbe && readinessProbe && livenessProbe), `${name} lacks a probe`);
    }
  }
  return faults;
}

function containerFaults({ securityContext = {}, resources = {}, env = [], image }: Container): string[] {
  const { capabilities } = securityContext;
  const named: [boolean, string][] = [
    [securityContext.allowPrivilegeEscalation === false, 'may gain privileges'],
    [securityContext.privileged !== true, 'is privileged'],
    [securityContext.readOnlyRootFilesystem === true, 'may write to its root file system'],
    [capabilities?.drop?.includes('ALL') === true, 'keeps capabilities'],
    [(capabilities?.add ?? []).every((name) => name === 'NET_BIND_SERVICE'), 'takes capabilities'],
    [resources.requests?.cpu !== undefined, 'requests no CPU'],
    [resources.requests?.memory !== undefined, 'requests no memory'],
    [resources.limits?.memory !== undefined, 'has no memory limit'],
    [/:[^/:]+$/.test(image) && !image.endsWith(':latest'), 'pins no version of its image'],
    [
      !env.some(({ name, value }) => value && /SECRET|PASSWORD|_KEY$|DATABASE_URL/.test(name)),
      'holds a secret in plain',
    ],
  ];
  return named.filter(([holds]) => !holds).map(([, fault]) => fault);
}
