import { commandLine, refuse } from '@lucency/command-line';
import type { Check } from './check.js';
import { alerts } from './checks/alerts.js';
import { aroundUs } from './checks/around-us.js';
import { backup } from './checks/backup.js';
import { dockerfiles } from './checks/dockerfiles.js';
import { environments } from './checks/environments.js';
import { lint } from './checks/lint.js';
import { metrics } from './checks/metrics.js';
import { monitors } from './checks/monitors.js';
import { natsConfiguration } from './checks/nats-configuration.js';
import { natsRights } from './checks/nats-rights.js';
import { pods } from './checks/pods.js';
import { refused } from './checks/refusals.js';
import { scalers } from './checks/scalers.js';
import { strictSchemas } from './checks/schemas.js';
import { unitTests } from './checks/unit-tests.js';
import { valuesReadme, writeReadme } from './checks/values-readme.js';
import { MissingTool } from './tools/tools.js';

/**
 * `npm run test:chart [-- WORDS | --write-readme]`: a line a check, and the count; with words, only the checks that are named so. What
 * cannot be looked into for want of a tool is skipped and said, never passed. Exit code 1 when a check failed.
 */
const checks: Check[] = [
  ...[...lint, valuesReadme, ...refused, unitTests],
  ...[
    ...strictSchemas,
    ...pods,
    ...environments,
    ...scalers,
    ...natsConfiguration,
    ...natsRights,
    ...aroundUs,
    backup,
    ...dockerfiles,
  ],
  ...[...metrics, ...monitors, ...alerts],
];
const usage = `npm run test:chart [-- WORDS]         the checks whose names have the words, all without
npm run test:chart -- --write-readme   writes the table of values anew`;
const { values, positionals } = commandLine(usage, {
  allowPositionals: true,
  options: { 'write-readme': { type: 'boolean' } },
});
if (values['write-readme']) {
  await writeReadme();
  process.exit(0);
}

const wanted = positionals.join(' ');
const chosen = checks.filter((each) => each.name.includes(wanted));
if (chosen.length === 0) refuse(`No check has "${wanted}" in its name.`);
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const check of chosen) {
  const { name } = check;
  const found = await check.faults().catch((error: unknown) => {
    if (error instanceof MissingTool) return error;
    return [error instanceof Error ? error.message : String(error)];
  });
  if (found instanceof MissingTool) {
    counts.skipped += 1;
    console.log(`skipped  ${name}: ${found.message}`);
    continue;
  }
  counts[found.length === 0 ? 'passed' : 'failed'] += 1;
  console.log(`${found.length === 0 ? 'passed ' : 'FAILED '} ${name}`);
  for (const line of [...found, ...(check.measured?.() ?? [])]) {
    console.log(`          ${line.replaceAll('\n', '\n          ')}`);
  }
}
const ending = counts.skipped > 0 ? `, ${counts.skipped} skipped for want of a tool` : '';
console.log(`\nchart: ${counts.passed} passed, ${counts.failed} failed${ending}`);
process.exit(counts.failed === 0 ? 0 : 1);
