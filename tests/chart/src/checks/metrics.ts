import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MetricDefinition, metricList, rootField } from '@lucency/service-kit';
import { z } from 'zod';
import type { Check } from '../check.js';
import { chartFolder } from '../places.js';
import { type Selector, selectorsOf } from '../promql.js';
import { readRules } from '../rules.js';
import { run } from '../run.js';
import { goTool } from '../tools/go.js';
import { goTools } from '../tools/versions.js';

const dashboardsFolder = join(chartFolder, 'monitoring/dashboards');
const dashboard = z.looseObject({
  panels: z.array(
    z.looseObject({ title: z.string(), targets: z.array(z.looseObject({ expr: z.string() })) }),
  ),
});

/** What kubelets and kube-state-metrics export of volumes and CronJobs; not ours to list. */
const foreign = [
  'kubelet_volume_stats_available_bytes',
  'kubelet_volume_stats_capacity_bytes',
  'kube_cronjob_status_last_successful_time',
  'kube_cronjob_created',
];

/** Labels that Prometheus adds to each target. */
const ofTargets = ['namespace', 'pod', 'instance'];

/** A rule on a metric, a label or a bound that nobody exports never fires, and says nothing about it. */
const onlyKnown: Check = {
  name: 'rules and dashboards ask for metrics, labels and bounds that services export',
  async faults() {
    const rules = await readRules();
    const recorded = rules.flatMap(({ record }) => record ?? []);
    const asked = [
      ...rules.map(({ alert, record, expr }) => ({ where: alert ?? record ?? 'a rule', expr })),
      ...(await panels()),
    ];
    if (asked.length < 50) return [`only ${asked.length} expressions were found`];
    return asked.flatMap(({ where, expr }) =>
      selectorsOf(expr)
        .filter(({ metric }) => !recorded.includes(metric) && !foreign.includes(metric))
        .flatMap(faultsOf)
        .map((fault) => `${where} asks for ${fault}`),
    );
  },
};

const readable: Check = {
  name: 'promtool: Prometheus can read every panel of the dashboards',
  async faults() {
    const program = await goTool(goTools.promtool);
    const found = await panels();
    const rules = found.map(({ expr }, index) => ({ record: `panel:${index}`, expr }));
    const input = JSON.stringify({ groups: [{ name: 'panels', rules }] });
    const { ok, output } = await run(program, ['check', 'rules'], { input });
    return ok ? [] : [output];
  },
};

export const metrics: Check[] = [onlyKnown, readable];

async function panels(): Promise<{ where: string; expr: string }[]> {
  const files = await readdir(dashboardsFolder);
  const found = await Promise.all(
    files.map(async (file) => {
      const { panels } = dashboard.parse(JSON.parse(await readFile(join(dashboardsFolder, file), 'utf8')));
      return panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }) => ({ where: `${file}, ${title}`, expr })),
      );
    }),
  );
  return found.flat();
}

function faultsOf({ metric, matchers }: Selector): string[] {
  const definition = definitionOf(metric);
  if (!definition) return [metric];
  return matchers
    .filter((matcher) => !ofTargets.includes(matcher.label) && !exists(definition, matcher))
    .map(({ label, value }) => `${metric} with ${label} "${value}"`);
}

/** By its name as Prometheus knows it: three for a histogram. */
function definitionOf(metric: string): MetricDefinition | undefined {
  const all: Record<string, MetricDefinition> = metricList;
  const histogram = all[metric.replace(/_(bucket|sum|count)$/, '')];
  return histogram?.kind === 'histogram' ? histogram : all[metric];
}

function exists({ labels, buckets = [] }: MetricDefinition, matcher: Selector['matchers'][number]): boolean {
  const { label, regular, value } = matcher;
  const matches = (text: string) => (regular ? new RegExp(`^(?:${value})$`).test(text) : text === value);
  // Prometheus 2 keeps "5" as services write it, Prometheus 3 makes it "5.0".
  if (label === 'le') {
    return buckets.some((bound) =>
      (Number.isInteger(bound) ? [`${bound}`, `${bound}.0`] : [`${bound}`]).every(matches),
    );
  }
  const values = labels[label];
  return values === rootField || values?.some(matches) === true;
}
