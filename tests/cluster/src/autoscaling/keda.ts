import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ports } from '../addresses.js';
import { writeKubeconfig } from '../credentials/kubeconfig.js';
import { apply, kubectl } from '../kubernetes/kubectl.js';
import { until } from '../kubernetes/objects.js';
import type { Equipment } from '../machine/equipment.js';
import { answers, type Household } from '../programs/household.js';
import { announce, type ExtensionApi, holds, keysFor } from './extension-api.js';

const namespace = 'keda';
const account = 'keda-operator';
const externalMetrics: ExtensionApi = {
  ...{ namespace, service: 'keda-metrics-apiserver', port: ports.kedaAdapter },
  ...{ group: 'external.metrics.k8s.io', version: 'v1beta1' },
};
const kinds = ['scaledobjects', 'scaledjobs', 'triggerauthentications', 'clustertriggerauthentications'];
const roles = [
  'rbac/role.yaml',
  'rbac/role_binding.yaml',
  'metrics-server/role.yaml',
  'metrics-server/role_binding.yaml',
];
const health = 'http://127.0.0.1:18081';

/** KEDA's operator and metrics adapter, with the rights that its own manifests give them and no more. */
export async function startKeda({ programs, modules }: Equipment, household: Household): Promise<void> {
  const files = (path: string) => join(modules.keda, 'config', path);
  await kubectl('create', 'namespace', namespace);
  await kubectl('apply', '--server-side', '--filename', files('crd/bases'));
  await until('definitions', () => holds('Established', ...kinds.map((kind) => `crd/${kind}.keda.sh`)), 60);
  await kubectl('--namespace', namespace, 'create', 'serviceaccount', account);
  for (const role of roles) await apply(readFileSync(files(role), 'utf8'));
  const token = await kubectl('--namespace', namespace, 'create', 'token', account, '--duration=24h');
  const kubeconfig = writeKubeconfig('keda', { token: token.trim() });

  const keys = await keysFor(externalMetrics);
  const env = {
    KUBECONFIG: kubeconfig,
    ...{ POD_NAMESPACE: namespace, KEDA_CLUSTER_OBJECT_NAMESPACE: namespace, WATCH_NAMESPACE: '' },
  };
  await household.start({
    name: 'keda-operator',
    command: programs.keda,
    args: [
      ...['--metrics-bind-address=127.0.0.1:18080', '--health-probe-bind-address=127.0.0.1:18081'],
      ...[`--metrics-service-bind-address=127.0.0.1:${ports.kedaGrpc}`, `--cert-dir=${keys}`],
      ...['--enable-cert-rotation=false', '--leader-elect=false', '--zap-encoder=console'],
    ],
    env,
    ready: answers(`${health}/readyz`),
  });
  await household.start({
    name: 'keda-adapter',
    command: programs.kedaAdapter,
    args: [
      ...[
        `--secure-port=${ports.kedaAdapter}`,
        '--bind-address=127.0.0.1',
        '--port=18082',
        `--cert-dir=${keys}`,
      ],
      ...[`--client-ca-file=${keys}/ca.crt`, `--tls-cert-file=${keys}/tls.crt`],
      ...[`--tls-private-key-file=${keys}/tls.key`, `--metrics-service-address=localhost:${ports.kedaGrpc}`],
      ...['authentication', 'authorization', 'lister'].map((use) => `--${use}-kubeconfig=${kubeconfig}`),
    ],
    env,
  });
  await announce(externalMetrics);
}
