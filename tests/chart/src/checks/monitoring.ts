import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { metricList } from '@lucency/service-kit';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Check } from '../check.js';
import { render } from '../helm.js';
import { chartFolder, chartTests, root } from '../places.js';
import { run } from '../run.js';
import { goTool } from '../tools/go.js';
import { goTools } from '../tools/versions.js';
import { valueSets } from '../value-sets.js';

const rulesFile = join(chartFolder, 'monitoring/rules.yaml');
const dashboardsFolder = join(chartFolder, 'monitoring/dashboards');

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          record: z.string().optional(),
          alert: z.string().optional(),
          expr: z.string(),
          annotations: z.object({ summary: z.string(), runbook: z.string() }).optional(),
        }),
      ),
    }),
  ),
});
const dashboard = z.looseObject({
  panels: z.array(
    z.looseObject({ title: z.string(), targets: z.array(z.looseObject({ expr: z.string() })) }),
  ),
});

/** What Kubernetes exports of volumes; not ours to list. */
const foreign = ['kubelet_volume_stats_available_bytes', 'kubelet_volume_stats_capacity_bytes'];

async function allRules() {
  return rules.parse(parse(await readFile(rulesFile, 'utf8'))).groups.flatMap((group) => group.rules);
}

/** Names as Prometheus knows them: three for a histogram. */
function exported(): string[] {
  return Object.entries(metricList).flatMap(([name, { kind }]) =>
    kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name],
  );
}

const metricName = /\b(?:lucency|process|kubelet)[a-z0-9_:]*\b/gi;

/** A rule on a metric that nobody exports never fires, and says nothing about it. */
const onlyKnownMetrics: Check = {
  name: 'rules and dashboards ask for metrics that services export',
  async faults() {
    const found = await allRules();
    const recorded = found.flatMap(({ record }) => record ?? []);
    const known = new Set([...exported(), ...recorded, ...foreign]);
    const files = await readdir(dashboardsFolder);
    const panels = await Promise.all(
      files.map(async (file) => {
        const { panels } = dashboard.parse(JSON.parse(await readFile(join(dashboardsFolder, file), 'utf8')));
        return panels.flatMap(({ title, targets }) =>
          targets.map(({ expr }) => ({ where: `${file}, ${title}`, expr })),
        );
      }),
    );
    const asked = [
      ...found.map(({ alert, record, expr }) => ({ where: alert ?? record ?? 'a rule', expr })),
      ...panels.flat(),
    ];
    if (asked.length < 50) return [`only ${asked.length} expressions were found`];
    return asked.flatMap(({ where, expr }) => {
      // Values of labels may look like names.
      const names = expr.replaceAll(/"[^"]*"/g, '""').match(metricName) ?? [];
      return names.filter((name) => !known.has(name)).map((name) => `${where} asks for ${name}`);
    });
  },
};

const runbooks: Check = {
  name: 'each alert has its runbook, and each runbook its alert',
  async faults() {
    const alerts = (await allRules()).filter(({ alert }) => alert);
    const pages = await readdir(join(root, 'docs/operations/runbooks'));
    const missing = alerts.filter(
      ({ annotations }) => !annotations || !existsSync(join(root, annotations.runbook)),
    );
    const unused = pages.filter((page) => !alerts.some(({ alert }) => page === `${alert}.md`));
    return [
      ...missing.map(({ alert }) => `${alert} has no runbook`),
      ...unused.map((page) => `${page} belongs to no alert`),
    ];
  },
};

const promtool: Check = {
  name: 'promtool: rules are right, and every alert fires when it should',
  async faults() {
    const program = await goTool(goTools.promtool);
    const tests = join(chartTests, 'promtool/rules.test.yaml');
    const ended = [
      await run(program, ['check', 'rules', '--lint-fatal', rulesFile]),
      await run(program, ['test', 'rules', tests]),
    ];
    const text = await readFile(tests, 'utf8');
    const untested = (await allRules()).flatMap(({ alert }) =>
      alert && !text.includes(`runbooks/${alert}.md`) ? [`${alert} is never seen to fire`] : [],
    );
    return [...ended.flatMap(({ ok, said }) => (ok ? [] : [said])), ...untested];
  },
};

/** The operator's own schemas are in no Go module, so these objects are only looked at, not read by a schema. */
const rendered: Check = {
  name: 'monitors, rules and dashboards are made when they are asked for, and only then',
  async faults() {
    const values = valueSets.find(({ name }) => name === 'production');
    if (!values) return ['there is no set of values "production"'];
    const kinds = ['PodMonitor', 'PrometheusRule'];
    const without = (await render(values)).manifests.filter(({ kind }) => kinds.includes(kind));
    const on = { ...values, files: [...values.files, join(chartTests, 'values/monitoring.yaml')] };
    const { manifests } = await render(on);
    const count = (wanted: string) => manifests.filter(({ kind }) => kind === wanted).length;
    const boards = manifests.filter(({ metadata }) => metadata.labels?.grafana_dashboard === '1').length;
    return [
      ...without.map(({ kind }) => `a ${kind} is made unasked`),
      ...(count('PodMonitor') === 4 ? [] : [`${count('PodMonitor')} PodMonitors instead of 4`]),
      ...(count('PrometheusRule') === 1 ? [] : ['there is no PrometheusRule']),
      ...(boards === 2 ? [] : [`${boards} dashboards instead of 2`]),
      ...manifests
        .filter(({ kind, metadata }) => kinds.includes(kind) && metadata.labels?.release !== 'prometheus')
        .map(({ kind }) => `${kind} lacks the labels that Prometheus chooses by`),
    ];
  },
};

export const monitoring: Check[] = [onlyKnownMetrics, runbooks, rendered, promtool];
