import { checks } from './checks/index.js';
import { openPlatform, type Platform } from './platform/platform.js';

/** `node prove.js [NAME...]`: inside the namespaces, each check with its figures. Exit code 1 when one failed. */
const names = process.argv.slice(2);
let opened: Promise<Platform> | undefined;
const counts = { passed: 0, failed: 0 };

for (const { name, promise, run } of checks) {
  if (names.length > 0 && !names.includes(name)) continue;
  console.log(`\n${name}: ${promise}`);
  const begun = Date.now();
  const problems = await run({
    platform: () => {
      opened ??= openPlatform();
      return opened;
    },
    say: (figure) => console.log(`  ${figure}`),
  }).catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
  counts[problems.length === 0 ? 'passed' : 'failed'] += 1;
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  console.log(problems.length === 0 ? `  passed (${seconds} s)` : `  FAILED (${seconds} s)`);
  for (const problem of problems) console.log(`    ${problem.replaceAll('\n', '\n    ')}`);
}
await (await opened?.catch(() => undefined))?.close();
console.log(`\ncluster: ${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
