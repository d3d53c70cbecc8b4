import { table } from '@lucency/bench/benchmark';
import { type ComponentFigures, type Figures, type LaneFigures, shares } from './figures.js';

export interface Compared {
  readonly name: string;
  readonly figures: Figures;
}

/** Settings side by side. */
export function comparisonTable(compared: readonly Compared[]): string {
  const row = (name: string, cell: (figures: Figures) => string) => [
    name,
    ...compared.map(({ figures }) => cell(figures)),
  ];
  const times = (lane: 'STAT' | 'ROUTINE', what: Exclude<keyof LaneFigures, 'studies'>) =>
    row(`${lane === 'STAT' ? 'STAT' : 'routine'} ${what}, s`, ({ lanes }) =>
      shares.map((share) => duration(lanes[lane][what][share])).join(' / '),
    );
  const names = [...new Set(compared.flatMap(({ figures }) => figures.components.map(({ name }) => name)))];
  const pods = (name: string) =>
    row(`${name} pods: most, mean`, ({ components }) => podText(components.find((one) => one.name === name)));
  return table([
    ['p50 / p95 / p99 from the submission', ...compared.map(({ name }) => name)],
    times('STAT', 'waiting'),
    times('ROUTINE', 'waiting'),
    times('STAT', 'reading'),
    times('ROUTINE', 'reading'),
    times('STAT', 'heatmap'),
    times('ROUTINE', 'heatmap'),
    ...names.map(pods),
    row('scores: made, put off', ({ scores }) => `${scores.made}, ${scores.putOff}`),
    row('cost per 1,000 studies', ({ costPerThousand }) => costPerThousand.toFixed(3)),
    row('objectives', ({ broken }) => (broken.length === 0 ? 'held' : `broken: ${broken.length}`)),
  ]);
}

function podText(component: ComponentFigures | undefined): string {
  return component ? `${component.mostPods}, ${component.meanPods.toFixed(2)}` : 'none';
}

function duration(value: number): string {
  if (!Number.isFinite(value)) return 'never';
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}
