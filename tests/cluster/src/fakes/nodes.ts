import { apply, kubectl } from '../kubernetes/kubectl.js';

export const gpu = 'nvidia.com/gpu';
/** Only pods that say so land on a fake node. */
export const fakeTaint = { key: 'kwok.x-k8s.io/node', value: 'fake', effect: 'NoSchedule' };

export interface FakeNode {
  name: string;
  zone: string;
  /** Cards; a node that has some is tainted as NVIDIA's device plugin would have it. */
  gpus?: number;
}

export const plainNodes: readonly FakeNode[] = [
  { name: 'fake-a', zone: 'a' },
  { name: 'fake-b', zone: 'b' },
];
export const gpuNode: FakeNode = { name: 'fake-gpu', zone: 'a', gpus: 4 };

export async function addNodes(nodes: readonly FakeNode[]): Promise<void> {
  await apply(nodes.map(describe));
  for (const { name } of nodes)
    await kubectl('wait', '--for=condition=Ready', `node/${name}`, '--timeout=60s');
}

export async function removeNode({ name }: FakeNode): Promise<void> {
  await kubectl('delete', 'node', name, '--ignore-not-found');
}

function describe({ name, zone, gpus }: FakeNode): object {
  const amounts = { cpu: '32', memory: '256Gi', pods: '110', ...(gpus && { [gpu]: String(gpus) }) };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': zone,
        type: 'fake',
      },
    },
    spec: { taints: [gpus ? { key: gpu, value: 'present', effect: 'NoSchedule' } : fakeTaint] },
    status: { allocatable: amounts, capacity: amounts },
  };
}
