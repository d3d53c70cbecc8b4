import { writeFile } from 'node:fs/promises';
import { commandLine, refuse } from '@lucency/command-line';
import type { Benchmark } from './benchmark.js';
import { pipeline } from './pipeline/pipeline.js';

const benchmarks: readonly Benchmark[] = [pipeline];

const usage = `npm run bench -- [NAME...] [--json FILE]
${benchmarks.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')}`;
const { values, positionals } = commandLine(usage, {
  allowPositionals: true,
  options: { json: { type: 'string' } },
});
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  refuse(`There is no ${unknown.join(', ')}. Choose from: ${benchmarks.map(({ name }) => name).join(', ')}`);
}

const results: Record<string, unknown> = {};
for (const { name, about, run } of benchmarks) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stdout.write(`${name}: ${about}\n`);
  const { measurements, text } = await run((step) => process.stderr.write(`  ${step}\n`));
  process.stdout.write(`\n${text}\n`);
  results[name] = measurements;
}
if (values.json) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);
process.exit(0);
