import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { table } from '@lucency/bench/benchmark';
import { drawPictures } from '@lucency/bench/pipeline';
import { readOptions } from '@lucency/command-line';
import { readHeader } from '@lucency/imaging';
import { locateModel } from '@lucency/model/card';
import { describeMachine, othersBusy } from '../measuring/machine.js';
import { measureEngine } from '../measuring/measure-engine.js';
import { measureDecode, measureDraw, measureFetch, measureView } from '../measuring/measure-images.js';
import { measureScore } from '../measuring/measure-score.js';
import { measuredFolder, type ServiceTimes } from '../service-times/service-times.js';

/** Of the pods that the chart makes. */
const threadsOfPods = [1, 2];
const pictureCount = 16;

/** Runs each piece of work through the services' own code and keeps how long it took. */
export async function measure(args: string[]): Promise<void> {
  const { values } = readOptions({ args, options: { out: { type: 'string' } } });
  const say = (step: string) => process.stderr.write(`  ${step}\n`);
  const machine = describeMachine();
  const before = await othersBusy();
  say(`other programs take ${percent(before)} of ${machine.cores} cores`);

  const pictures = await drawPictures(pictureCount);
  const [first = new Uint8Array()] = pictures;
  const modelDir = await locateModel();
  say('reading, decoding');
  const fetch = await measureFetch(pictures);
  const { decode, input } = await measureDecode(pictures);
  say('insertion and deletion, drawing');
  const { evidence, score, engine, modelId } = await measureScore(modelDir, input);
  const draw = await measureDraw(evidence);
  const view = await measureView(first);
  const batches: Record<string, number[][]> = {};
  for (const threads of threadsOfPods) {
    say(`passes of the engine with ${threads} thread(s)`);
    batches[threads] = await measureEngine(modelDir, threads, input);
  }
  const after = await othersBusy();
  const header = await readHeader(first);
  if (!header.ok) throw new Error('a drawn chest has no header');

  const times: ServiceTimes = {
    machine,
    date: new Date().toISOString().slice(0, 10),
    othersBusy: { before, after },
    modelId,
    engine,
    picture: { width: header.value.width, height: header.value.height, bytes: first.byteLength },
    milliseconds: { fetch, decode, batches, draw, score, view },
  };
  const out = values.out ?? path.join(measuredFolder, `${machine.cores}-cores.json`);
  await writeFile(out, `${JSON.stringify(times, null, 2)}\n`);
  process.stdout.write(`${asText(times)}\n\nwritten to ${out}\n`);
  if (Math.max(before, after) > 0.1) {
    process.stdout.write(
      'Other programs were busy: their time is not in these figures, but what they did to the caches is.\n',
    );
  }
}

function asText({ machine, othersBusy: busy, milliseconds }: ServiceTimes): string {
  const row = (name: string, spread: readonly number[]) => [
    name,
    ...[spread[1], spread[5], spread[9]].map((ms) => (ms ?? Number.NaN).toFixed(2)),
  ];
  return [
    `${machine.cores} cores of ${machine.processor}; others took ${percent(busy.before)} before, ${percent(busy.after)} after`,
    '',
    table([
      ['milliseconds of processor time, a thread', 'p10', 'p50', 'p90'],
      row('fetch', milliseconds.fetch),
      row('decode', milliseconds.decode),
      row('draw', milliseconds.draw),
      row('score', milliseconds.score),
      row('copy for viewing', milliseconds.view),
      ...Object.entries(milliseconds.batches).flatMap(([threads, sizes]) =>
        sizes.map((spread, index) => row(`pass over ${index + 1}, ${threads} thread(s)`, spread)),
      ),
    ]),
  ].join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
