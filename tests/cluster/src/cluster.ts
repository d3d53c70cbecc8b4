import { writeFileSync } from 'node:fs';
import { startKeda } from './autoscaling/keda.js';
import { startMetricsServer } from './autoscaling/metrics-server.js';
import { startControlPlane } from './control-plane/control-plane.js';
import { startKwok } from './fakes/kwok.js';
import { addNodes, plainNodes } from './fakes/nodes.js';
import type { Equipment } from './machine/equipment.js';
import { startContainerd } from './node/containerd.js';
import { startKubelet } from './node/kubelet.js';
import { startNames } from './node/names.js';
import { makeNetwork, useClusterNames } from './node/network.js';
import { startProxy } from './node/proxy.js';
import { makeVolumes } from './node/volumes.js';
import { Household } from './programs/household.js';
import { startProvider } from './sign-in.js';

/** `node cluster.js EQUIPMENT READY`: inside the namespaces, the whole cluster until SIGTERM. */
const [equipmentText = '', readyFile = ''] = process.argv.slice(2);
const equipment: Equipment = JSON.parse(equipmentText);
const { programs } = equipment;
const household = new Household();

process.once('SIGTERM', async () => {
  await household.stop();
  process.exit(0);
});

const steps: [string, () => Promise<void>][] = [
  ['network', makeNetwork],
  ['control plane', () => startControlPlane(programs, household)],
  ['names', () => startNames(programs, household)],
  ['names for this machine', useClusterNames],
  ['containerd and images', () => startContainerd(equipment, household)],
  ['kubelet', () => startKubelet(programs, household)],
  ['proxy', () => startProxy(programs, household)],
  ['volumes', makeVolumes],
  ['fake nodes', () => startKwok(equipment, household).then(() => addNodes(plainNodes))],
  ['metrics of pods', () => startMetricsServer(equipment, household)],
  ['KEDA', () => startKeda(equipment, household)],
  ['sign-in', () => startProvider(household)],
];
for (const [name, step] of steps) {
  const begun = Date.now();
  await step();
  console.log(`${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${name}`);
}
writeFileSync(readyFile, '');
