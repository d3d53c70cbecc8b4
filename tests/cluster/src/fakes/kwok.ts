import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ports } from '../addresses.js';
import { adminKubeconfig } from '../credentials/kubeconfig.js';
import type { Equipment } from '../machine/equipment.js';
import { runFolder } from '../places.js';
import type { Household } from '../programs/household.js';

/** What a fake node and a fake pod do, from KWOK's own module; the program itself knows none. */
const stages = [
  'stage/node/fast/node-initialize.yaml',
  'stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
  ...['ready', 'complete', 'delete'].map((stage) => `stage/pod/fast/pod-${stage}.yaml`),
];

/** Plays the kubelet of every node that says it is fake. */
export async function startKwok({ programs, modules }: Equipment, household: Household): Promise<void> {
  const file = join(runFolder, 'kwok.yaml');
  const texts = stages.map((stage) => readFileSync(join(modules.kwok, 'kustomize', stage), 'utf8'));
  writeFileSync(file, texts.join('\n---\n'));
  await household.start({
    name: 'kwok',
    command: programs.kwok,
    args: [
      ...[`--config=${file}`, `--kubeconfig=${adminKubeconfig}`, '--manage-all-nodes=false'],
      '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
      ...['--node-ip=127.0.0.1', '--cidr=10.89.0.0/16', '--node-lease-duration-seconds=40'],
      `--node-port=${ports.kwok}`,
    ],
  });
}
