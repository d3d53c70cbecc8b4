import { type GoTool, goTools, schemaSources } from '@lucency/chart-tests/tools';
import { clusterTests } from '../places.js';

const kubernetes = schemaSources.kubernetes;
const keda = schemaSources.keda;
/** Modules of Kubernetes that it publishes under numbers of their own. */
const staging = kubernetes.version.replace('v1.', 'v0.');
const [major = '', minor = ''] = kubernetes.version.slice(1).split('.');

/** A program of Kubernetes itself; without the variables it believes to be of no version at all. */
function ofKubernetes(name: string): GoTool {
  const variables = Object.fromEntries(
    ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
      [`${path}.gitVersion`, kubernetes.version],
      [`${path}.gitMajor`, major],
      [`${path}.gitMinor`, minor],
      [`${path}.gitTreeState`, 'clean'],
    ]),
  );
  const { module, version } = kubernetes;
  return { name, module, version, program: `${module}/cmd/${name}`, replaces: true, staging, variables };
}

/** At Kubernetes' own version these large modules are compiled once for all. */
function atStaging(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`k8s.io/${name}`, staging]));
}

function ofKeda(name: string, folder: string): GoTool {
  const { module, version } = keda;
  const variables = { [`${module}/version.Version`]: version };
  return { name, module, version, program: `${module}/cmd/${folder}`, replaces: true, variables };
}

function ofContainerd(name: string): GoTool {
  const module = 'github.com/containerd/containerd/v2';
  return { name, module, version: 'v2.4.2', program: `${module}/cmd/${name}`, replaces: true };
}

const metricsServerModule = { module: 'sigs.k8s.io/metrics-server', version: 'v0.9.0' };
const kwokModule = { module: 'sigs.k8s.io/kwok', version: 'v0.8.0' };

/** Everything that the cluster consists of. */
export const clusterTools = {
  etcd: {
    name: 'etcd',
    module: 'go.etcd.io/etcd/server/v3',
    program: 'go.etcd.io/etcd/server/v3',
    version: 'v3.6.16',
    replaces: true,
  },
  apiServer: ofKubernetes('kube-apiserver'),
  controllerManager: ofKubernetes('kube-controller-manager'),
  scheduler: ofKubernetes('kube-scheduler'),
  kubectl: ofKubernetes('kubectl'),
  kubelet: ofKubernetes('kubelet'),
  proxy: ofKubernetes('kube-proxy'),
  dns: {
    name: 'coredns',
    module: 'github.com/coredns/coredns',
    program: 'github.com/coredns/coredns',
    version: 'v1.15.0',
    replaces: true,
    instead: atStaging('api', 'apimachinery', 'client-go'),
    source: `${clusterTests}/go/dns.go`,
  },
  kwok: {
    name: 'kwok',
    ...kwokModule,
    program: 'sigs.k8s.io/kwok/cmd/kwok',
    replaces: true,
    instead: atStaging(
      ...['api', 'apimachinery', 'apiserver', 'client-go', 'component-base'],
      ...['cri-api', 'cri-client', 'cri-streaming'],
    ),
  },
  containerd: ofContainerd('containerd'),
  shim: ofContainerd('containerd-shim-runc-v2'),
  ctr: ofContainerd('ctr'),
  keda: ofKeda('keda', 'operator'),
  kedaAdapter: ofKeda('keda-adapter', 'adapter'),
  metricsServer: {
    name: 'metrics-server',
    ...metricsServerModule,
    program: 'sigs.k8s.io/metrics-server/cmd/metrics-server',
    replaces: true,
    instead: atStaging('api', 'apimachinery', 'apiserver', 'client-go', 'component-base', 'metrics'),
  },
  helm: goTools.helm,
} as const satisfies Record<string, GoTool>;

/** Modules whose files are read besides: KEDA's definitions and roles, metrics-server's roles, KWOK's stages. */
export const clusterModules = {
  keda: { module: keda.module, version: keda.version },
  metricsServer: metricsServerModule,
  kwok: kwokModule,
};
