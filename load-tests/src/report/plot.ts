export interface Series {
  name: string;
  /** x in seconds; y in the plot's unit. */
  points: readonly (readonly [x: number, y: number])[];
  drawn: 'line' | 'dots';
}

export interface Plot {
  title: string;
  unit: string;
  seconds: number;
  series: readonly Series[];
  /** Horizontal lines that should not be crossed. */
  limits?: readonly { name: string; y: number }[];
}

const size = { width: 720, height: 260 };
const margin = { left: 64, right: 16, top: 12, bottom: 34 };
const inner = { width: size.width - margin.left - margin.right, height: size.height - margin.top - margin.bottom };
/** Colours are classes, so that the page chooses them for light and dark. */
const colours = 6;

/** One figure with its heading and legend. Nothing when there is nothing to draw. */
export function drawPlot({ title, unit, seconds, series, limits = [] }: Plot): string {
  const drawn = series.filter(({ points }) => points.length > 0);
  if (drawn.length === 0) return '';
  const highest = Math.max(...drawn.flatMap(({ points }) => points.map(([, y]) => y)), 0);
  // A limit far above everything would flatten what there is to see.
  const shown = limits.filter(({ y }) => y < highest * 3);
  const top = niceTop(Math.max(highest, ...shown.map(({ y }) => y)));
  const x = (value: number) => round(margin.left + (value / seconds) * inner.width);
  const y = (value: number) => round(margin.top + (1 - value / top) * inner.height);
  const parts = [
    ...ticks(top).map((tick) => gridLine(tick, y(tick))),
    ...ticks(seconds).map(
      (tick) =>
        `<text class="quiet" x="${x(tick)}" y="${size.height - 14}" text-anchor="middle">${secondsText(tick)}</text>`,
    ),
    ...shown.map(
      (limit) =>
        `<line class="limit" x1="${margin.left}" x2="${size.width - margin.right}" y1="${y(limit.y)}" y2="${y(limit.y)}"/>` +
        `<text class="quiet" x="${size.width - margin.right}" y="${y(limit.y) - 4}" text-anchor="end">${escape(limit.name)}</text>`,
    ),
    ...drawn.map(({ points, drawn: how }, index) => {
      if (how === 'dots') {
        return points
          .map(([px, py]) => `<circle class="c${index % colours}" cx="${x(px)}" cy="${y(py)}" r="2"/>`)
          .join('');
      }
      return `<polyline class="c${index % colours}" points="${points.map(([px, py]) => `${x(px)},${y(py)}`).join(' ')}"/>`;
    }),
  ];
  const legend = drawn
    .map(({ name }, index) => `<span class="key k${index % colours}">${escape(name)}</span>`)
    .join(' ');
  return `<figure><figcaption>${escape(title)} <small>${escape(unit)}</small></figcaption>
<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escape(title)}">${parts.join('\n')}</svg>
<div>${legend}</div></figure>`;
}

function gridLine(tick: number, y: number): string {
  return (
    `<line class="grid" x1="${margin.left}" x2="${size.width - margin.right}" y1="${y}" y2="${y}"/>` +
    `<text class="quiet" x="${margin.left - 8}" y="${y + 4}" text-anchor="end">${round(tick)}</text>`
  );
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
export function niceTop(highest: number): number {
  if (!(highest > 0) || !Number.isFinite(highest)) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= highest) ?? 10;
  return factor * power;
}

function ticks(top: number): number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => share * top);
}

function secondsText(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${round(seconds / 60)} min`;
}

export function escape(text: string): string {
  return text.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
