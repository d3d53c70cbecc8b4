// npm test: installs, builds, then lint, types and every test; the last line counts them all.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install, requireNode, root, run } from './workspace.mjs';

requireNode();
await install();
await build();
await run(process.execPath, [join(root, 'packages/dev-stack/dist/prepare-servers.js')]);

const counts = { passed: 0, failed: 0, skipped: 0 };
const bin = (path) => join(root, 'node_modules', path);

async function step(name, args) {
  console.log(`\n${name}`);
  const code = await run(process.execPath, args);
  counts[code === 0 ? 'passed' : 'failed'] += 1;
}

await step('lint', [bin('@biomejs/biome/bin/biome'), 'check', '.']);
await step('import directions', [
  bin('dependency-cruiser/bin/dependency-cruise.mjs'),
  'apps',
  'packages',
  'bench',
  'capacity',
  'training',
]);
await step('types', [
  bin('turbo/bin/turbo'),
  'run',
  'typecheck',
  '--output-logs=errors-only',
  '--ui=stream',
  '--concurrency=2',
]);

console.log('\ntests');
const scratch = mkdtempSync(join(tmpdir(), 'lucency-tests-'));
const report = join(scratch, 'report.json');
const vitest = [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
const code = await run(process.execPath, [
  ...vitest,
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const skipped = countTests(report, code);
rmSync(scratch, { recursive: true });

if (skipped.length > 0) console.log(`\nSkipped:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
const ending = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${ending}`);
process.exit(counts.failed === 0 ? 0 : 1);

/** Adds vitest's report to the counts; answers the full names of skipped tests, reasons being part of them. */
function countTests(file, exitCode) {
  const skippedNames = [];
  const failedBefore = counts.failed;
  try {
    for (const { name, status, assertionResults } of JSON.parse(readFileSync(file, 'utf8')).testResults) {
      for (const test of assertionResults) {
        if (test.status === 'passed') counts.passed += 1;
        else if (test.status === 'failed') counts.failed += 1;
        else {
          counts.skipped += 1;
          skippedNames.push(test.fullName);
        }
      }
      // A file that could not even be loaded has no tests to count.
      if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) {
        console.log(`${name} could not be run`);
        counts.failed += 1;
      }
    }
  } catch (error) {
    console.error(`vitest left no report: ${error.message}`);
  }
  // An error outside every test, as an unhandled rejection.
  if (exitCode !== 0 && counts.failed === failedBefore) counts.failed += 1;
  return skippedNames;
}
