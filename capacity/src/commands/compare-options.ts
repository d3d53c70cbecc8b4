import path from 'node:path';
import { readOptions } from '@lucency/command-line';
import { type Burst, readBurst } from '../arrivals/burst.js';
import type { Demand } from '../arrivals/draw-arrivals.js';
import { type Chosen, chartFolder } from '../chart/read-settings.js';
import type { Prices } from '../report/figures.js';
import { type Assumptions, assumed } from '../service-times/assumptions.js';
import { measuredFolder } from '../service-times/service-times.js';
import type { Request } from '../workers/nodes.js';
import { readPairs } from './pairs.js';

export const compareUsage = `npm run capacity -- [--values FILE]... [--set PATH=VALUE]... [--compare "NAME: FILE... PATH=VALUE..."]...
    simulates a day of a hospital group under the chart's values, settings side by side
npm run capacity -- measure [--out FILE]          measures service times on this machine
npm run capacity -- validate [--runs N] [--seconds S]   holds the simulator against the real pipeline on this machine
npm run capacity -- worklist          simulates readers at a worklist in three orders; worklist --help says more

  --values          values files of the first settings, on top of the chart's own, as Helm takes them;
                    left out: values-production.yaml, beside it values-gpu.yaml on top
  --set             values on top; scaleDownWindow=SECONDS stands for the number in the scaler's template
  --compare         further settings: the first ones with these files and values on top
  --studies-per-day 20000        --stat-share 0.1
  --burst           STUDIES@HH:MM/MINUTES, repeatable; 6000@10:30/10 unless given, "none" for none
  --from 0 --hours 24            hours of the day
  --prices          of a core and a GPU for an hour: cpu=0.04,gpu=0.8
  --nodes           cores and GPUs of all nodes together: cpu=128,gpu=4
  --start           seconds from a pod's place on a node to its first job: cpu=10,gpu=120
  --gpu-ms          a GPU's pass: pass=8,picture=2 (assumed; no GPU was measured)
  --latency-ms      store=20,handOver=10 (assumed)
  --kills-per-hour  0            inference pods that die without warning
  --service-times   FILE of "measure"
  --seed 1 --out DIR             DIR gets reading-times.svg, pods.svg, figures.json
`;

export interface CompareOptions {
  readonly settings: readonly { readonly name: string; readonly chosen: Chosen }[];
  readonly demand: Demand;
  readonly prices: Prices;
  readonly nodes: Request;
  readonly assumptions: Assumptions;
  readonly killsPerHour: number;
  readonly serviceTimes: string;
  readonly seed: number;
  readonly out: string | undefined;
}

export function readCompareOptions(args: string[]): CompareOptions {
  const { values } = readOptions({
    args,
    options: {
      values: { type: 'string', multiple: true, default: [] },
      set: { type: 'string', multiple: true, default: [] },
      compare: { type: 'string', multiple: true, default: [] },
      'studies-per-day': { type: 'string', default: '20000' },
      'stat-share': { type: 'string', default: '0.1' },
      burst: { type: 'string', multiple: true, default: ['6000@10:30/10'] },
      from: { type: 'string', default: '0' },
      hours: { type: 'string', default: '24' },
      prices: { type: 'string' },
      nodes: { type: 'string' },
      start: { type: 'string' },
      'gpu-ms': { type: 'string' },
      'latency-ms': { type: 'string' },
      'kills-per-hour': { type: 'string', default: '0' },
      'service-times': { type: 'string', default: path.join(measuredFolder, '2-cores.json') },
      seed: { type: 'string', default: '1' },
      out: { type: 'string' },
    },
  });
  const from = number(values.from) * 3600;
  const nodes = readPairs(values.nodes, { cpu: 128, gpu: 4 });
  const gpu = readPairs(values['gpu-ms'], { pass: assumed.gpuPassMs, picture: assumed.gpuPictureMs });
  const latency = readPairs(values['latency-ms'], { store: assumed.storeMs, handOver: assumed.handOverMs });
  return {
    settings: settingsOf(values.values, values.set, values.compare),
    demand: {
      studiesPerDay: number(values['studies-per-day']),
      statShare: number(values['stat-share']),
      bursts: burstsOf(values.burst),
      from,
      until: from + number(values.hours) * 3600,
    },
    prices: readPairs(values.prices, { cpu: 0.04, gpu: 0.8 }),
    nodes: { cores: nodes.cpu, cards: nodes.gpu },
    assumptions: {
      gpuPassMs: gpu.pass,
      gpuPictureMs: gpu.picture,
      startSeconds: readPairs(values.start, assumed.startSeconds),
      storeMs: latency.store,
      handOverMs: latency.handOver,
    },
    killsPerHour: number(values['kills-per-hour']),
    serviceTimes: values['service-times'],
    seed: number(values.seed),
    out: values.out,
  };
}

function settingsOf(files: string[], assignments: string[], compare: string[]): CompareOptions['settings'] {
  const shipped = (name: string) => path.join(chartFolder, name);
  if (files.length + compare.length === 0) {
    const production = shipped('values-production.yaml');
    return [
      { name: 'production', chosen: { files: [production], assignments } },
      { name: 'production + gpu', chosen: { files: [production, shipped('values-gpu.yaml')], assignments } },
    ];
  }
  const base = files.length === 0 ? [shipped('values-production.yaml')] : files;
  const further = compare.map((text) => {
    const [name = '', words = ''] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
    if (name === '') throw new Error(`settings to compare read "NAME: FILE... PATH=VALUE...", not ${text}`);
    const parts = words.trim().split(/\s+/).filter(Boolean);
    const isAssignment = (word: string) => word.includes('=');
    const chosen = {
      files: [...base, ...parts.filter((word) => !isAssignment(word))],
      assignments: [...assignments, ...parts.filter(isAssignment)],
    };
    return { name, chosen };
  });
  const first = base.map((file) => path.basename(file, '.yaml').replace(/^values-/, '')).join(' + ');
  return [{ name: first, chosen: { files: base, assignments } }, ...further];
}

function burstsOf(texts: readonly string[]): Burst[] {
  return texts.filter((text) => text !== 'none').map(readBurst);
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`${text} is no number from 0 on`);
  return value;
}
