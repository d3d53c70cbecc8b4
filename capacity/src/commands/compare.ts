import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { seededRandom } from '@lucency/statistics';
import { drawArrivals } from '../arrivals/draw-arrivals.js';
import { readSettings } from '../chart/read-settings.js';
import { evenLegs } from '../platform/hand-over.js';
import { type Scenario, simulate } from '../platform/simulate.js';
import { workTimes } from '../platform/work-times.js';
import { comparisonTable } from '../report/comparison-table.js';
import { figuresOf } from '../report/figures.js';
import { drawPods, drawReadingTimes } from '../report/plots.js';
import { mostPods, sparkline } from '../report/pods-over-time.js';
import { readServiceTimes } from '../service-times/service-times.js';
import { readCompareOptions } from './compare-options.js';

const lineLength = 96;

/** The same arrivals under each setting; prints figures side by side and, when asked for a folder, draws them. */
export async function compare(args: string[]): Promise<void> {
  const options = readCompareOptions(args);
  const { demand, assumptions, seed, out } = options;
  const measured = await readServiceTimes(options.serviceTimes);
  const scenario: Scenario = {
    arrivals: drawArrivals(demand, seededRandom(seed)),
    from: demand.from,
    until: demand.until,
    seed,
    times: workTimes(measured, assumptions),
    legs: evenLegs(assumptions.handOverMs / 1000),
    assumptions,
    nodes: options.nodes,
    killsPerHour: options.killsPerHour,
    oneMachine: null,
    scores: true,
  };
  const read = await Promise.all(
    options.settings.map(async ({ name, chosen }) => ({ name, settings: await readSettings(chosen) })),
  );
  const simulated = read.map(({ name, settings }) => {
    process.stderr.write(`simulating ${name}\n`);
    return { name, outcome: simulate(settings, scenario) };
  });
  const hours = (demand.until - demand.from) / 3600;
  const compared = simulated.map(({ name, outcome }) => ({
    name,
    figures: figuresOf(outcome, hours, options.prices),
  }));

  const { machine, date, engine } = measured;
  process.stdout.write(`${scenario.arrivals.length} studies in ${hours} h, ${demand.statShare * 100} % STAT, seed ${seed}
measured: ${engine} on ${machine.cores} cores of ${machine.processor}, ${date}
assumed: the day's curve, GPU passes of ${assumptions.gpuPassMs} + ${assumptions.gpuPictureMs} ms a picture, starts after ${assumptions.startSeconds.cpu} s (GPU ${assumptions.startSeconds.gpu} s),
  ${assumptions.storeMs} ms to the blob store, ${assumptions.handOverMs} ms for each hand-over, ${options.prices.cpu} a core and ${options.prices.gpu} a GPU for an hour

${comparisonTable(compared)}
`);
  for (const { name, figures } of compared) {
    if (figures.broken.length > 0) process.stdout.write(`${name} breaks ${figures.broken.join(', ')}\n`);
  }
  for (const { name, outcome } of simulated) {
    process.stdout.write(`\n${name}: pods from ${demand.from / 3600} h to ${demand.until / 3600} h\n`);
    for (const component of outcome.components) {
      const line = sparkline(mostPods(component.history, demand.from, demand.until, lineLength));
      process.stdout.write(`  ${component.name.padEnd(14)} ${line}\n`);
    }
  }
  if (!out) return;
  await mkdir(out, { recursive: true });
  const save = (name: string, content: string) => writeFile(path.join(out, name), content);
  await save('reading-times.svg', drawReadingTimes(simulated));
  await save('pods.svg', drawPods(simulated, demand.from, demand.until));
  await save('figures.json', `${JSON.stringify(compared, null, 2)}\n`);
  process.stdout.write(`\nplots and figures are in ${out}\n`);
}
