import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ports } from '../addresses.js';
import { authority, certify } from '../control-plane/authority.js';
import { writeKubeconfig } from '../control-plane/kubeconfig.js';
import { apply, kubectl } from '../kubernetes/kubectl.js';
import { until } from '../kubernetes/objects.js';
import type { Equipment } from '../machine/equipment.js';
import { runFolder } from '../places.js';
import { answers, type Household } from '../programs/household.js';

const namespace = 'keda';
const account = 'keda-operator';
const externalMetrics = 'v1beta1.external.metrics.k8s.io';
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

  const keys = await serverKeys();
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
  await apply(adapterAsApi());
  await until('metrics of KEDA', () => holds('Available', `apiservice/${externalMetrics}`), 120);
}

/** Unlike waiting, asking may come before the objects have any condition at all. */
function holds(condition: string, ...objects: string[]): Promise<boolean> {
  return kubectl('wait', `--for=condition=${condition}`, ...objects, '--timeout=1s').then(
    () => true,
    () => false,
  );
}

/** The API server finds the adapter as it finds any service; this one leads out of the cluster to the same machine. */
function adapterAsApi(): object[] {
  const service = { name: 'keda-metrics-apiserver', namespace, port: ports.kedaAdapter };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: service.name, namespace },
      spec: {
        type: 'ExternalName',
        externalName: 'localhost',
        ports: [{ name: 'https', port: service.port }],
      },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: externalMetrics },
      spec: {
        service,
        group: 'external.metrics.k8s.io',
        version: 'v1beta1',
        groupPriorityMinimum: 100,
        versionPriority: 100,
        caBundle: readFileSync(authority.certificate).toString('base64'),
      },
    },
  ];
}

/** By the names that KEDA's programs look for. @returns their folder. */
async function serverKeys(): Promise<string> {
  const names = ['DNS:localhost', `DNS:keda-metrics-apiserver.${namespace}.svc`, 'IP:127.0.0.1'];
  const { certificate, key } = await certify('keda', '/CN=keda', names.join(','));
  const folder = join(runFolder, 'keda');
  mkdirSync(folder, { recursive: true });
  copyFileSync(authority.certificate, join(folder, 'ca.crt'));
  copyFileSync(certificate, join(folder, 'tls.crt'));
  copyFileSync(key, join(folder, 'tls.key'));
  return folder;
}
