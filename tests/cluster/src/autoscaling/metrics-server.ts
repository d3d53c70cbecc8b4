import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ports } from '../addresses.js';
import { authority } from '../credentials/authority.js';
import { writeKubeconfig } from '../credentials/kubeconfig.js';
import { apply, kubectl } from '../kubernetes/kubectl.js';
import type { Equipment } from '../machine/equipment.js';
import type { Household } from '../programs/household.js';
import { announce, type ExtensionApi, keysFor } from './extension-api.js';

const name = 'metrics-server';
const namespace = 'kube-system';
const resourceMetrics: ExtensionApi = {
  ...{ namespace, service: name, port: ports.metricsServer },
  ...{ group: 'metrics.k8s.io', version: 'v1beta1' },
};

/** What autoscalers on CPU ask: the kubelets' own figures of their pods. With the rights of its own manifests. */
export async function startMetricsServer(
  { programs, modules }: Equipment,
  household: Household,
): Promise<void> {
  await apply(readFileSync(join(modules.metricsServer, 'manifests/base/rbac.yaml'), 'utf8'));
  const token = await kubectl('--namespace', namespace, 'create', 'token', name, '--duration=24h');
  const kubeconfig = writeKubeconfig(name, { token: token.trim() });
  const keys = await keysFor(resourceMetrics);
  await household.start({
    name,
    command: programs.metricsServer,
    args: [
      ...[`--secure-port=${ports.metricsServer}`, '--bind-address=127.0.0.1'],
      ...['', 'authentication-', 'authorization-'].map((use) => `--${use}kubeconfig=${kubeconfig}`),
      ...[`--tls-cert-file=${keys}/tls.crt`, `--tls-private-key-file=${keys}/tls.key`],
      ...[
        '--kubelet-preferred-address-types=InternalIP',
        `--kubelet-certificate-authority=${authority.certificate}`,
      ],
      // The shortest that it takes; the longest that a check waits for it.
      ...['--metric-resolution=10s', '--kubelet-request-timeout=5s'],
    ],
  });
  await announce(resourceMetrics);
}
