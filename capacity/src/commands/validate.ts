import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quantile, table } from '@lucency/bench/benchmark';
import { drawPictures, measureThroughput, startPlatform } from '@lucency/bench/pipeline';
import { readOptions } from '@lucency/command-line';
import { seededRandom } from '@lucency/statistics';
import { type Arrival, drawSteadyArrivals } from '../arrivals/draw-arrivals.js';
import { readSettings } from '../chart/read-settings.js';
import { describeMachine, othersBusy } from '../measuring/machine.js';
import type { Legs } from '../platform/hand-over.js';
import { simulate } from '../platform/simulate.js';
import { workTimes } from '../platform/work-times.js';
import { assumed } from '../service-times/assumptions.js';
import { measuredFolder, readServiceTimes } from '../service-times/service-times.js';
import { agreements, tolerance } from '../validation/agreement.js';
import { calibrate } from '../validation/calibrate.js';
import { arrivalsBeyond, evenly, throughputOf } from '../validation/full-throughput.js';
import { submitAll, uploadAll } from '../validation/offer-load.js';
import type { Study } from '../workers/job.js';

const statShare = 0.2;
const alonePerSecond = 1;
const throughputPictures = 480;
/** Enough to know how fast is too fast. */
const aboutPictures = 100;
const throughputRuns = 5;

/** The same arrivals through the real services and through the simulator, at several loads of this machine. */
export async function validate(args: string[]): Promise<void> {
  const { values } = readOptions({
    args,
    options: {
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '30' },
      levels: { type: 'string', default: '0.3,0.6,0.85' },
      'service-times': { type: 'string', default: path.join(measuredFolder, '2-cores.json') },
      json: { type: 'string' },
    },
  });
  const [runs, length] = [Number(values.runs), Number(values.seconds)];
  const levels = values.levels.split(',').map(Number);
  const say = (step: string) => process.stderr.write(`  ${step}\n`);
  const measured = await readServiceTimes(values['service-times']);
  const { cores } = describeMachine();
  const before = await othersBusy();
  say(`other programs take ${Math.round(before * 100)} % of ${cores} cores; starting the platform`);

  const platform = await startPlatform();
  try {
    let drawn = 0;
    // Bytes of its own for each: the same image is never read twice.
    const fresh = async (count: number) => {
      drawn += count;
      return drawPictures(count, drawn - count);
    };
    const upload = async (arrivals: readonly Arrival[]) =>
      uploadAll(platform, arrivals, await fresh(arrivals.length));
    const steady = (perSecond: number, seed: number) =>
      drawSteadyArrivals({ perSecond, seconds: length, statShare }, seededRandom(seed));

    say('warming up');
    await measureThroughput(platform, await fresh(20));
    say('lone studies');
    const apart = evenly(alonePerSecond, alonePerSecond * length);
    const alone = await submitAll(platform, apart, await upload(apart));
    const about = await measureThroughput(platform, await fresh(aboutPictures));
    const overload = arrivalsBeyond(about, throughputPictures);
    const throughputs: number[] = [];
    for (let run = 1; run <= throughputRuns; run += 1) {
      say(`full throughput, run ${run} of ${throughputRuns}`);
      throughputs.push(throughputOf(await submitAll(platform, overload, await upload(overload))));
    }
    const perSecond = quantile(throughputs, 0.5);
    say(`${throughputs.map((each) => each.toFixed(1)).join(', ')} studies a second`);
    const settings = await onOneMachine(cores);
    const simulated = (arrivals: readonly Arrival[], legs: Legs, seed: number) =>
      simulate(settings, {
        arrivals,
        from: 0,
        until: length,
        seed,
        times: workTimes(measured, { ...assumed, storeMs: 0 }),
        legs,
        assumptions: assumed,
        nodes: { cores: Number.POSITIVE_INFINITY, cards: 0 },
        killsPerHour: 0,
        oneMachine: cores,
        scores: false,
      }).studies;
    const legs = calibrate({ perSecond, alone, cores }, measured, (tried) =>
      throughputOf(simulated(overload, tried, 1)),
    );

    const results = [];
    for (const level of levels) {
      const both: { real: Study[]; simulated: readonly Study[] }[] = [];
      for (let run = 1; run <= runs; run += 1) {
        say(`${Math.round(level * 100)} % of that, run ${run} of ${runs}`);
        const arrivals = steady(level * perSecond, run);
        both.push({
          real: await submitAll(platform, arrivals, await upload(arrivals)),
          simulated: simulated(arrivals, legs, run),
        });
      }
      results.push({ level, figures: agreements(both) });
    }
    const after = await othersBusy();

    const within = results.flatMap(({ figures }) => figures).filter((figure) => figure.within).length;
    const all = results.flatMap(({ figures }) => figures).length;
    process.stdout.write(`${cores} cores of ${measured.machine.processor}; other programs took ${Math.round(before * 100)} % before, ${Math.round(after * 100)} % after
full throughput ${perSecond.toFixed(1)} studies/s; medians of ${runs} runs of ${length} s, ${statShare * 100} % STAT, without scores

${table([
  ['load, figure', 'real, ms', 'simulated, ms', 'ratio', `within ${tolerance * 100} %`],
  ...results.flatMap(({ level, figures }) =>
    figures.map(({ name, real, simulated, within: agrees }) => [
      `${Math.round(level * 100)} % ${name}`,
      (real * 1000).toFixed(0),
      (simulated * 1000).toFixed(0),
      (simulated / real).toFixed(2),
      agrees ? 'yes' : 'NO',
    ]),
  ),
])}

${within} of ${all} figures agree within ${tolerance * 100} %
`);
    if (values.json) {
      const content = {
        machine: describeMachine(),
        others: { before, after },
        perSecond,
        runs,
        seconds: length,
        results,
      };
      await writeFile(values.json, `${JSON.stringify(content, null, 2)}\n`);
    }
    process.exitCode = within === all ? 0 : 1;
  } finally {
    await platform.close();
  }
}

/** One pod of each as `npm start` runs them: all cores but one compute, and as many decode. */
function onOneMachine(cores: number) {
  const threads = Math.max(1, cores - 1);
  return readSettings({
    files: [],
    assignments: [
      'keda.enabled=false',
      'inferenceCpu.replicas=1',
      'explain.replicas=1',
      `inferenceCpu.threads=${threads}`,
    ],
  });
}
