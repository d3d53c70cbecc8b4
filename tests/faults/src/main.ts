import { commandLine, refuse } from '@lucency/command-line';
import { perform } from './experiments/experiment.js';
import { experiments } from './experiments/index.js';

const usage = `npm run faults -- [NAME...] [--studies 200] [--faults 8]
Breaks parts of the platform under load and holds the result against the client's own journal.
${experiments.map(({ name, promise }) => `  ${name.padEnd(16)} ${promise}`).join('\n')}`;
const { values, positionals } = commandLine(usage, {
  allowPositionals: true,
  options: { studies: { type: 'string', default: '200' }, faults: { type: 'string', default: '8' } },
});
const unknown = positionals.filter((name) => !experiments.some((experiment) => experiment.name === name));
if (unknown.length > 0) {
  refuse(`There is no ${unknown.join(', ')}. Choose from: ${experiments.map(({ name }) => name).join(', ')}`);
}

const load = { studies: Number(values.studies), faults: Number(values.faults) };
let broken = 0;
for (const experiment of experiments) {
  if (positionals.length > 0 && !positionals.includes(experiment.name)) continue;
  process.stdout.write(`${experiment.name}: ${experiment.promise}${experiment.lacks ?? ''}\n`);
  if (experiment.lacks) continue;
  const { acknowledged, lost, doubled, ended, problems, seconds } = await perform(experiment, load);
  const ends = Object.entries(ended).map(([end, count]) => `${count} ${end}`);
  process.stdout.write(
    `  ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled in ${seconds.toFixed(0)} s: ${ends.join(', ')}\n`,
  );
  for (const problem of problems) process.stdout.write(`  BROKEN: ${problem}\n`);
  broken += problems.length;
}
process.exit(broken > 0 ? 1 : 0);
