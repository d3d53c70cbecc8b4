import { availableParallelism, cpus } from 'node:os';
import { type Benchmark, table } from '../benchmark.js';
import { measureBareLoop } from './bare-loop.js';
import { measureLatency } from './latency.js';
import { drawPictures } from './pictures.js';
import { startPlatform } from './platform.js';
import { measureThroughput } from './throughput.js';

const throughputPictures = 400;
const latencyPictures = 20;
const warmUpPictures = 20;

const fixed = (value: number, digits = 1) => value.toFixed(digits);

export const pipeline: Benchmark = {
  name: 'pipeline',
  about: 'studies a second and milliseconds from submission to heatmap, beside a bare loop on the same cores',
  run: async (progress) => {
    progress('drawing chests');
    const pictures = await drawPictures(warmUpPictures + throughputPictures + latencyPictures);
    const measured = pictures.slice(warmUpPictures, warmUpPictures + throughputPictures);
    progress('bare loop: decode + int8 + Grad-CAM + PNG');
    const before = await measureBareLoop(measured.slice(0, throughputPictures / 2));
    progress('starting the platform');
    const platform = await startPlatform();
    try {
      progress('warming up');
      await measureThroughput(platform, pictures.slice(0, warmUpPictures));
      progress('one study at a time');
      const latency = await measureLatency(platform, pictures.slice(-latencyPictures));
      progress(`${throughputPictures} studies with the queue never empty`);
      const perSecond = await measureThroughput(platform, measured);
      await platform.close();
      progress('bare loop again, since machines are noisy');
      const after = await measureBareLoop(measured.slice(0, throughputPictures / 2));

      const barePerSecond = (before.perSecond + after.perSecond) / 2;
      const bareAloneMs = (before.aloneMs + after.aloneMs) / 2;
      const lungsMs = (before.lungsMs + after.lungsMs) / 2;
      const rows = [
        ['', 'platform', 'bare loop', 'ratio'],
        [
          'studies a second, queue never empty',
          fixed(perSecond),
          fixed(barePerSecond),
          fixed(perSecond / barePerSecond, 2),
        ],
        [
          'one study alone, ms',
          fixed(latency.totalMs),
          fixed(bareAloneMs),
          fixed(latency.totalMs / bareAloneMs, 2),
        ],
      ];
      const legs = [
        ['where the milliseconds of one study go (medians)', 'ms'],
        ...latency.legs.map(({ name, ms }) => [name, fixed(ms)]),
      ];
      return {
        measurements: [
          { name: 'platform throughput', value: perSecond, unit: 'studies/s' },
          { name: 'bare loop throughput', value: barePerSecond, unit: 'images/s' },
          { name: 'throughput ratio', value: perSecond / barePerSecond, unit: '' },
          { name: 'one study alone', value: latency.totalMs, unit: 'ms' },
          { name: 'bare loop alone', value: bareAloneMs, unit: 'ms' },
          { name: 'bare loop alone, its lungs', value: lungsMs, unit: 'ms' },
          { name: 'added to one study', value: latency.totalMs - bareAloneMs, unit: 'ms' },
          ...latency.legs.map(({ name, ms }) => ({ name, value: ms, unit: 'ms' })),
        ],
        text: [
          `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, engine ${before.engine}`,
          '',
          table(rows),
          '',
          `added to one study: ${fixed(latency.totalMs - bareAloneMs)} ms`,
          `to find the lungs in one image alone: ${fixed(lungsMs)} ms, ${fixed((100 * lungsMs) / bareAloneMs)} % of it`,
          '',
          table(legs),
        ].join('\n'),
      };
    } finally {
      await platform.close();
    }
  },
};
