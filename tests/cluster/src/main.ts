import { MissingTool } from '@lucency/chart-tests/tools';
import { commandLine, refuse } from '@lucency/command-line';
import { checks } from './checks/index.js';
import { adminKubeconfig } from './credentials/kubeconfig.js';
import { equip } from './machine/equip.js';
import { type Machine, runningMachine, startMachine, stopMachine } from './machine/machine.js';
import { missingRequirements } from './machine/requirements.js';

/** `npm run test:cluster [-- NAME...]`, `-- up` and `-- down`. Exit code 0 only when every check asked for was run and passed. */
const usage = `npm run test:cluster [-- NAME...]\n${checks.map(({ name, promise }) => `  ${name.padEnd(14)} ${promise}`).join('\n')}
  ${'up'.padEnd(14)} the cluster alone, left running\n  ${'down'.padEnd(14)} ends it`;
const { positionals: names } = commandLine(usage, { allowPositionals: true, options: {} });
const known = [...checks.map(({ name }) => name), 'up', 'down'];
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) refuse(`There is no ${unknown.join(', ')}. Choose from: ${known.join(', ')}`);
if (names.includes('down')) {
  await stopMachine();
  process.exit(0);
}

const missing = missingRequirements();
if (missing.length > 0) notRun(missing);
const earlier = await runningMachine();
const machine = earlier ?? (await start());
if (names.includes('up')) {
  console.log(`The cluster is up. Whatever stands behind this runs in it:`);
  console.log(`  ${machine.enter.join(' ')} env KUBECONFIG=${adminKubeconfig}`);
  console.log('npm run test:cluster -- down ends it.');
  process.exit(0);
}
const code = await machine.run('prove.js', names);
if (!earlier) await stopMachine();
process.exit(code);

async function start(): Promise<Machine> {
  try {
    return await startMachine(await equip());
  } catch (error) {
    if (error instanceof MissingTool) return notRun([error.message]);
    throw error;
  }
}

/** What cannot be run has not passed. */
function notRun(reasons: readonly string[]): never {
  const asked = checks.filter(
    ({ name }) => names.length === 0 || names.includes(name) || names.includes('up'),
  );
  for (const { name } of asked) console.log(`not run  ${name}`);
  for (const reason of reasons) console.log(`         ${reason}`);
  console.log(`\ncluster: 0 passed, ${asked.length} not run`);
  process.exit(1);
}
