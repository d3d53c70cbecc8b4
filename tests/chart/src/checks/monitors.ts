import { z } from 'zod';
import type { Check } from '../check.js';
import { render } from '../helm.js';
import { type Manifest, workloadsOf } from '../manifest.js';
import { valueSet } from '../value-sets.js';

const matchLabels = z.record(z.string(), z.string());
const monitor = z.looseObject({
  kind: z.literal('PodMonitor'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    selector: z.object({ matchLabels }),
    podMetricsEndpoints: z.array(z.looseObject({ port: z.string() })),
  }),
});
const policy = z.looseObject({
  spec: z.looseObject({
    podSelector: z.looseObject({
      matchExpressions: z.tuple([
        z.object({ key: z.string(), operator: z.literal('In'), values: z.array(z.string()) }),
      ]),
    }),
  }),
});
const component = 'app.kubernetes.io/component';

/** Every pod that serves metrics is scraped once, and may be. */
const everyService: Check = {
  name: 'Prometheus scrapes and reaches every service that exports metrics, and asks for no other',
  async faults() {
    const { manifests } = await render(valueSet('everything'));
    const exporting = workloadsOf(manifests).filter(({ pod }) =>
      pod.containers.some(({ ports }) => ports?.some(({ name }) => name === 'health')),
    );
    const monitors = manifests.flatMap((each) => monitor.safeParse(each).data ?? []);
    const letIn = policy.parse(
      manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name.endsWith('-metrics')),
    ).spec.podSelector.matchExpressions[0].values;
    const chosen = monitors.map(({ spec }) => {
      const wanted = Object.entries(spec.selector.matchLabels);
      return exporting.filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value));
    });
    if (exporting.length !== 6) return [`${exporting.length} services export metrics instead of 6`];
    return [
      ...exporting.flatMap((service) => {
        const times = chosen.filter((services) => services.includes(service)).length;
        return times === 1 ? [] : [`${service.name} is scraped ${times} times`];
      }),
      ...monitors.flatMap(({ metadata, spec }, index) => [
        ...(chosen[index]?.length ? [] : [`PodMonitor ${metadata.name} chooses nothing`]),
        ...(spec.podMetricsEndpoints.every(({ port }) => port === 'health')
          ? []
          : [`${metadata.name} asks elsewhere`]),
      ]),
      ...exporting
        .filter(({ labels }) => !letIn.includes(labels[component] ?? ''))
        .map(({ name }) => `no NetworkPolicy lets Prometheus in to ${name}`),
    ];
  },
};

const isMonitoring = ({ kind, metadata }: Manifest) =>
  ['PodMonitor', 'PrometheusRule'].includes(kind) || metadata.labels?.grafana_dashboard === '1';

const asAsked: Check = {
  name: 'monitors, rules and dashboards are made when they are asked for, and only then',
  async faults() {
    const unasked = (await render(valueSet('production'))).manifests.filter(isMonitoring);
    const asked = (await render(valueSet('everything'))).manifests.filter(isMonitoring);
    const counts = ['PodMonitor', 'PrometheusRule', 'ConfigMap'].map(
      (wanted) => asked.filter(({ kind }) => kind === wanted).length,
    );
    return [
      ...unasked.map(({ kind }) => `a ${kind} is made unasked`),
      ...(counts.join() === '6,1,2'
        ? []
        : [`${counts.join()} monitors, rules and dashboards instead of 6,1,2`]),
      ...asked
        .filter(({ kind, metadata }) => kind !== 'ConfigMap' && metadata.labels?.release !== 'prometheus')
        .map(({ kind }) => `${kind} lacks the labels that Prometheus chooses by`),
    ];
  },
};

export const monitors: Check[] = [everyService, asAsked];
