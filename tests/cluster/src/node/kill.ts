import { goTool, run } from '@lucency/chart-tests/tools';
import { kubectl } from '../kubernetes/kubectl.js';
import { namespace } from '../kubernetes/namespace.js';
import type { Pod } from '../kubernetes/objects.js';
import { clusterTools } from '../programs/versions.js';
import { containerdSocket } from './containerd.js';

/**
 * As when a machine loses its power: SIGKILL to every container, since even a forced deletion lets them end what is in
 * hand, and then the pod is forgotten.
 */
export async function kill({ metadata, status }: Pod): Promise<void> {
  for (const { containerID } of status.containerStatuses) await killContainer(containerID);
  await kubectl('--namespace', namespace, 'delete', 'pod', metadata.name, '--grace-period=0', '--force');
}

async function killContainer(id: string): Promise<void> {
  const ctr = await goTool(clusterTools.ctr);
  const args = ['task', 'kill', '--signal', 'SIGKILL', id.replace('containerd://', '')];
  const { ok, output } = await run(ctr, ['--address', containerdSocket, '--namespace', 'k8s.io', ...args]);
  if (!ok) throw new Error(`${id} could not be killed: ${output}`);
}
