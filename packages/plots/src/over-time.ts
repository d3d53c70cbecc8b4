import { type At, dot, line, polyline, svg, text } from './svg.js';

export interface Series {
  readonly name: string;
  /** x in seconds; y in the plot's unit. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly drawn: 'line' | 'dots';
}

export interface OverTime {
  readonly title: string;
  readonly unit: string;
  readonly seconds: number;
  readonly series: readonly Series[];
  /** Horizontal lines that should not be crossed. */
  readonly limits?: readonly { readonly name: string; readonly y: number }[];
}

/** So many series are told apart by colour. */
export const seriesColours = 6;

const size = { width: 720, height: 320 };
const frame = { left: 64, right: 684, top: 64, bottom: 286 };

/** Series over the seconds since the beginning. Nothing when there is nothing to draw. */
export function overTime({ title, unit, seconds, series, limits = [] }: OverTime): string {
  const drawn = series.filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return '';
  const highest = Math.max(...drawn.flatMap(({ points }) => points.map(([, y]) => y)), 0);
  // A limit far above everything would flatten what there is to see.
  const shown = limits.filter(({ y }) => y < highest * 3);
  const top = niceTop(Math.max(highest, ...shown.map(({ y }) => y)));
  const at = (x: number, y: number): At => ({
    x: frame.left + (x / seconds) * (frame.right - frame.left),
    y: frame.bottom - (y / top) * (frame.bottom - frame.top),
  });
  return svg(title, size.width, size.height, [
    text({ x: frame.left, y: 24 }, title, 'title'),
    text({ x: frame.right, y: 24 }, unit, 'small end quiet'),
    ...legend(drawn),
    ...quarters(top).flatMap((tick) => [
      line(at(0, tick), at(seconds, tick), tick === 0 ? 'axis' : 'grid'),
      text({ x: frame.left - 8, y: at(0, tick).y + 4 }, String(tenths(tick)), 'small end'),
    ]),
    ...quarters(seconds).map((tick) =>
      text({ x: at(tick, 0).x, y: frame.bottom + 20 }, secondsText(tick), 'small middle'),
    ),
    ...shown.flatMap(({ name, y }) => [
      line(at(0, y), at(seconds, y), 'guide'),
      text({ x: frame.right, y: at(0, y).y - 4 }, name, 'small end quiet'),
    ]),
    ...drawn.map(({ points, drawn: how }, index) => {
      const colour = `series${index % seriesColours}`;
      const places = points.map(([x, y]) => at(x, y));
      if (how === 'line') return polyline(places, `curve ${colour}`);
      return places.map((place) => dot(place, `speck ${colour}`, 2)).join('');
    }),
  ]);
}

function legend(series: readonly Series[]): string[] {
  const step = (frame.right - frame.left) / Math.max(4, series.length);
  return series.flatMap(({ name }, index) => [
    dot({ x: frame.left + index * step + 4, y: 44 }, `speck series${index % seriesColours}`, 4),
    text({ x: frame.left + index * step + 14, y: 48 }, name, 'small'),
  ]);
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
export function niceTop(highest: number): number {
  if (!(highest > 0) || !Number.isFinite(highest)) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= highest) ?? 10;
  return factor * power;
}

function quarters(top: number): number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
}

function secondsText(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${tenths(seconds / 60)} min`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
