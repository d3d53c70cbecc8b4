import type { FigureName, FiguresOnSet } from '@lucency/model/card';
import { type At, dot, line, svg, text } from '@lucency/plots';

const shown: readonly { readonly name: FigureName; readonly title: string }[] = [
  { name: 'auc', title: 'AUC' },
  { name: 'sensitivity', title: 'sensitivity' },
  { name: 'specificity', title: 'specificity' },
];
const [labelWidth, panelWidth, gap, rowHeight, top] = [190, 190, 34, 26, 66];

/** A dot with its 95 % interval for each set and figure; the line goes through the first set's figure. */
export function drawDisturbances(sets: Readonly<Record<string, FiguresOnSet>>): string {
  const entries = Object.entries(sets);
  const from = lowestShown(entries.map(([, set]) => set));
  const bottom = top + rowHeight * entries.length;
  const width = labelWidth + shown.length * (panelWidth + gap);
  const names = entries.map(([name], row) =>
    text({ x: labelWidth - 12, y: top + rowHeight * (row + 0.5) + 4 }, name, 'end'),
  );
  const panels = shown.map(({ name, title }, panel) => {
    const left = labelWidth + panel * (panelWidth + gap);
    const across = (value: number) => left + panelWidth * Math.max(0, (value - from) / (1 - from));
    const marks = ticks(from).flatMap((tick) => [
      line({ x: across(tick), y: top }, { x: across(tick), y: bottom }, 'grid'),
      text({ x: across(tick), y: bottom + 18 }, String(tick), 'small middle'),
    ]);
    const reference = across(entries[0]?.[1].intervals[name].value ?? 1);
    const rows = entries.map(([, { intervals }], row) => {
      const y = top + rowHeight * (row + 0.5);
      const { value, low, high } = intervals[name];
      const end = (share: number): At => ({ x: across(share), y });
      return [line(end(low), end(high), 'whisker'), dot(end(value), 'mark', 4)].join('\n');
    });
    return [
      ...marks,
      line({ x: reference, y: top }, { x: reference, y: bottom }, 'guide'),
      text({ x: left + panelWidth / 2, y: top - 12 }, title, 'middle'),
      ...rows,
    ].join('\n');
  });
  return svg('Figures under each disturbance, with 95 % intervals', width, bottom + 34, [
    text({ x: width / 2, y: 26 }, 'Under each disturbance, 95 % intervals over patients', 'title middle'),
    ...names,
    ...panels,
  ]);
}

/** A tenth below the lowest interval, so that differences near 1 can be seen. */
function lowestShown(sets: readonly FiguresOnSet[]): number {
  const lowest = Math.min(
    0.9,
    ...sets.flatMap(({ intervals }) => shown.map(({ name }) => intervals[name].low)),
  );
  return Math.max(0, Math.floor(lowest * 10) / 10);
}

function ticks(from: number): number[] {
  const step = from >= 0.8 ? 0.05 : from >= 0.5 ? 0.1 : 0.25;
  const count = Math.round((1 - from) / step);
  return Array.from({ length: count + 1 }, (_, index) => Math.round((1 - index * step) * 100) / 100).filter(
    (tick) => tick >= from,
  );
}
