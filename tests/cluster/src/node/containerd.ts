import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '@lucency/chart-tests/tools';
import { pods } from '../addresses.js';
import type { Equipment } from '../machine/equipment.js';
import { networkPlugins } from '../machine/requirements.js';
import { runFolder } from '../places.js';
import type { Household } from '../programs/household.js';

const folder = join(runFolder, 'containerd');
export const containerdSocket = join(folder, 'containerd.sock');

/** containerd with runc and a bridge, and every image in it: no registry can be reached. */
export async function startContainerd(equipment: Equipment, household: Household): Promise<void> {
  const { programs, archives, pauseImage } = equipment;
  mkdirSync(join(folder, 'cni'), { recursive: true });
  writeFileSync(join(folder, 'cni/10-bridge.conflist'), JSON.stringify(network()));
  writeFileSync(join(folder, 'config.toml'), configuration(pauseImage));
  const ctr = (...args: string[]) =>
    run(programs.ctr, ['--address', containerdSocket, ...args], { deadlineMs: 300_000 });
  await household.start({
    name: 'containerd',
    command: programs.containerd,
    args: ['--config', join(folder, 'config.toml')],
    // It looks for its shim there.
    env: { PATH: `${dirname(programs.shim)}:${process.env.PATH}` },
    ready: async () => (await ctr('version')).ok,
  });
  for (const { image, file, alias } of archives) {
    const base = image.replace(/:[^:/]+$/, '');
    const { ok, output } = await ctr('--namespace', 'k8s.io', 'images', 'import', '--base-name', base, file);
    if (!ok) throw new Error(`${image} could not be imported: ${output}`);
    if (alias) await ctr('--namespace', 'k8s.io', 'images', 'tag', image, alias);
  }
}

function network() {
  const ranges = [[{ subnet: pods.network }]];
  const ipam = {
    type: 'host-local',
    ranges,
    dataDir: join(folder, 'addresses'),
    routes: [{ dst: '0.0.0.0/0' }],
  };
  const bridge = { type: 'bridge', bridge: pods.bridge, isGateway: true, hairpinMode: true, ipam };
  return { cniVersion: '1.0.0', name: 'pods', plugins: [bridge] };
}

function configuration(pauseImage: string): string {
  return `version = 3
root = "${folder}/root"
state = "${folder}/state"
[grpc]
  address = "${containerdSocket}"
[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = "${pauseImage}"
[plugins.'io.containerd.cri.v1.runtime']
  restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ["${networkPlugins}"]
  conf_dir = "${folder}/cni"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  SystemdCgroup = false
`;
}
