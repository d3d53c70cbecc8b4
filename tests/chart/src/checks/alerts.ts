import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Check } from '../check.js';
import { chartTests, root } from '../places.js';
import { readRules, rulesFile } from '../rules.js';
import { run } from '../run.js';
import { goTool } from '../tools/go.js';
import { goTools } from '../tools/versions.js';

const cases = z.object({
  tests: z.array(
    z.looseObject({
      alert_rule_test: z
        .array(z.looseObject({ alertname: z.string(), exp_alerts: z.array(z.unknown()) }))
        .default([]),
    }),
  ),
});

const runbooks: Check = {
  name: 'each alert has its runbook, and each runbook its alert',
  async faults() {
    const alerts = (await readRules()).filter(({ alert }) => alert);
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
  name: 'promtool: rules are right, and every alert fires when it should and only then',
  async faults() {
    const program = await goTool(goTools.promtool);
    const tests = join(chartTests, 'promtool/rules.test.yaml');
    const ended = [
      await run(program, ['check', 'rules', '--lint-fatal', rulesFile]),
      await run(program, ['test', 'rules', tests]),
    ];
    const tried = cases
      .parse(parse(await readFile(tests, 'utf8')))
      .tests.flatMap((each) => each.alert_rule_test);
    const untried = (await readRules()).flatMap(({ alert }) => {
      if (!alert) return [];
      const own = tried.filter(({ alertname }) => alertname === alert);
      return [
        ...(own.some((each) => each.exp_alerts.length > 0) ? [] : [`${alert} is never seen to fire`]),
        ...(own.some((each) => each.exp_alerts.length === 0)
          ? []
          : [`${alert} is never seen to stay silent`]),
      ];
    });
    return [...ended.flatMap(({ ok, output }) => (ok ? [] : [output])), ...untried];
  },
};

export const alerts: Check[] = [runbooks, promtool];
