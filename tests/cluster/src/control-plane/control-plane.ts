import { join } from 'node:path';
import { node, ports, services } from '../addresses.js';
import { authority, certify, makeAuthority, tokenKey } from '../credentials/authority.js';
import { writeKubeconfig } from '../credentials/kubeconfig.js';
import { kubectl } from '../kubernetes/kubectl.js';
import { runFolder } from '../places.js';
import type { Programs } from '../programs/find.js';
import { answers, type Household } from '../programs/household.js';

/** etcd, API server, controller manager and scheduler, as processes beside each other. */
export async function startControlPlane(programs: Programs, household: Household): Promise<void> {
  await makeAuthority();
  await startEtcd(programs, household);
  await startApiServer(programs, household);
  await startControllerManager(programs, household);
  await startScheduler(programs, household);
}

async function startEtcd({ etcd }: Programs, household: Household): Promise<void> {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.etcdPeer}`;
  await household.start({
    name: 'etcd',
    command: etcd,
    args: [
      '--name=main',
      `--data-dir=${join(runFolder, 'etcd')}`,
      // Nothing in it outlives the cluster.
      '--unsafe-no-fsync',
      ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
      ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`],
      `--initial-cluster=main=${peer}`,
    ],
    ready: answers(`${client}/health`),
  });
}

async function startApiServer({ apiServer }: Programs, household: Household): Promise<void> {
  const names = ['localhost', 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
  const addresses = ['127.0.0.1', node.address, services.first];
  const own = await certify(
    'api-server',
    '/CN=kube-apiserver',
    [...names.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)].join(','),
  );
  const admin = await certify('admin', '/O=system:masters/CN=admin');
  const frontProxy = await certify('front-proxy', '/CN=front-proxy');
  writeKubeconfig('admin', admin);
  await household.start({
    name: 'kube-apiserver',
    command: apiServer,
    args: [
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      ...['--bind-address=0.0.0.0', `--advertise-address=${node.address}`, `--secure-port=${ports.api}`],
      ...[`--tls-cert-file=${own.certificate}`, `--tls-private-key-file=${own.key}`],
      `--client-ca-file=${authority.certificate}`,
      ...[`--service-account-key-file=${tokenKey}`, `--service-account-signing-key-file=${tokenKey}`],
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-cluster-ip-range=${services.network}`,
      ...['--authorization-mode=Node,RBAC', '--enable-admission-plugins=NodeRestriction'],
      // The kubelet's, for logs and commands in pods.
      ...[`--kubelet-client-certificate=${admin.certificate}`, `--kubelet-client-key=${admin.key}`],
      '--kubelet-preferred-address-types=InternalIP',
      // KEDA's adapter is reached as an API of this one.
      ...[
        `--requestheader-client-ca-file=${authority.certificate}`,
        '--requestheader-allowed-names=front-proxy',
      ],
      ...['--requestheader-username-headers=X-Remote-User', '--requestheader-group-headers=X-Remote-Group'],
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      ...[`--proxy-client-cert-file=${frontProxy.certificate}`, `--proxy-client-key-file=${frontProxy.key}`],
      '--profiling=false',
    ],
    ready: () =>
      kubectl('get', '--raw', '/readyz').then(
        () => true,
        () => false,
      ),
  });
}

async function startControllerManager({ controllerManager }: Programs, household: Household): Promise<void> {
  const kubeconfig = await kubeconfigOf('kube-controller-manager');
  await household.start({
    name: 'kube-controller-manager',
    command: controllerManager,
    args: [
      ...[...kubeconfigFlags(kubeconfig), '--bind-address=127.0.0.1', '--leader-elect=false'],
      ...[`--service-account-private-key-file=${tokenKey}`, `--root-ca-file=${authority.certificate}`],
      '--use-service-account-credentials=true',
      // Kubernetes looks every 15 s, which only makes a check longer.
      '--horizontal-pod-autoscaler-sync-period=2s',
      '--horizontal-pod-autoscaler-initial-readiness-delay=1s',
    ],
    ready: () =>
      kubectl('get', '--namespace', 'default', 'serviceaccount', 'default').then(
        () => true,
        () => false,
      ),
  });
}

async function startScheduler({ scheduler }: Programs, household: Household): Promise<void> {
  const kubeconfig = await kubeconfigOf('kube-scheduler');
  await household.start({
    name: 'kube-scheduler',
    command: scheduler,
    args: [...kubeconfigFlags(kubeconfig), '--bind-address=127.0.0.1', '--leader-elect=false'],
  });
}

async function kubeconfigOf(name: string): Promise<string> {
  return writeKubeconfig(name, await certify(name, `/CN=system:${name}`));
}

const kubeconfigFlags = (file: string) => [
  `--kubeconfig=${file}`,
  `--authentication-kubeconfig=${file}`,
  `--authorization-kubeconfig=${file}`,
];
