import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { domain, node } from '../addresses.js';
import { authority, certify } from '../credentials/authority.js';
import { writeKubeconfig } from '../credentials/kubeconfig.js';
import { kubectl } from '../kubernetes/kubectl.js';
import { controlGroup } from '../machine/control-groups.js';
import { runFolder } from '../places.js';
import type { Programs } from '../programs/find.js';
import type { Household } from '../programs/household.js';
import { containerdSocket } from './containerd.js';

const folder = join(runFolder, 'kubelet');

/** The one node whose pods are real. */
export async function startKubelet({ kubelet }: Programs, household: Household): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const subject = `/O=system:nodes/CN=system:node:${node.name}`;
  const own = await certify('kubelet', subject, `IP:${node.address},IP:127.0.0.1`);
  const socket = `unix://${containerdSocket}`;
  const configuration = {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: node.address,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: authority.certificate },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: own.certificate,
    tlsPrivateKeyFile: own.key,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: controlGroup,
    // The machine may still have version 1, and swap.
    failCgroupV1: false,
    failSwapOn: false,
    enforceNodeAllocatable: [],
    containerRuntimeEndpoint: socket,
    imageServiceEndpoint: socket,
    // Of the machine's own settings it changes none.
    featureGates: { KubeletInUserNamespace: true },
    clusterDNS: [node.address],
    clusterDomain: domain,
    resolvConf: '',
    maxPods: 60,
    evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 100,
    localStorageCapacityIsolation: false,
  };
  const file = join(folder, 'configuration.json');
  writeFileSync(file, JSON.stringify(configuration));
  await household.start({
    name: 'kubelet',
    command: kubelet,
    args: [
      `--config=${file}`,
      `--kubeconfig=${writeKubeconfig('kubelet', own)}`,
      ...[`--hostname-override=${node.name}`, `--node-ip=${node.address}`],
      ...[`--root-dir=${folder}`, `--cert-dir=${join(folder, 'keys')}`],
    ],
    ready: () =>
      kubectl('wait', '--for=condition=Ready', `node/${node.name}`, '--timeout=1s').then(
        () => true,
        () => false,
      ),
  });
}
