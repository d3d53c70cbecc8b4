import { line, svg, text } from './svg.js';

const panel = { width: 300, height: 220, left: 58, top: 86, gap: 62 };

export interface Axis {
  /** In the order of the values on the axis, each with its place on it, 0-1. */
  readonly ticks: readonly { readonly label: string; readonly place: number }[];
}

export interface Panel {
  readonly title: string;
  /** Marks, given a way from places on both axes (0-1, upwards) to pixels. */
  readonly draw: (at: (across: number, up: number) => { x: number; y: number }) => readonly string[];
}

export interface Legend {
  readonly name: string;
  /** Of the marks, as the style sheet of plots calls them. */
  readonly style: string;
}

/** Panels side by side that share their axes, so that heights may be compared. */
export function panels(
  title: string,
  legends: readonly Legend[],
  axes: { readonly across: Axis; readonly up: Axis; readonly below: string },
  content: readonly Panel[],
): string {
  const width = panel.left + content.length * (panel.width + panel.gap) - panel.gap + 24;
  const drawn = content.map(({ title: name, draw }, index) => {
    const x = panel.left + index * (panel.width + panel.gap);
    const at = (across: number, up: number) => ({
      x: x + across * panel.width,
      y: panel.top + (1 - up) * panel.height,
    });
    return [
      text({ x: x + panel.width / 2, y: panel.top - 14 }, name, 'middle'),
      ...axes.up.ticks.flatMap(({ label, place }) => [
        line(at(0, place), at(1, place), place === 0 ? 'axis' : 'grid'),
        text({ x: x - 6, y: at(0, place).y + 4 }, label, 'small end'),
      ]),
      ...axes.across.ticks.map(({ label, place }) =>
        text({ x: at(place, 0).x, y: panel.top + panel.height + 18 }, label, 'small middle'),
      ),
      text({ x: x + panel.width / 2, y: panel.top + panel.height + 38 }, axes.below, 'small middle quiet'),
      ...draw(at),
    ].join('\n');
  });
  const keys = legends.flatMap(({ name, style }, index) => {
    const x = panel.left + index * 130;
    return [line({ x, y: 47 }, { x: x + 24, y: 47 }, style), text({ x: x + 30, y: 51 }, name, 'small')];
  });
  return svg(title, Math.max(width, 480), panel.top + panel.height + 54, [
    text({ x: panel.left, y: 26 }, title, 'title'),
    ...keys,
    ...drawn,
  ]);
}
