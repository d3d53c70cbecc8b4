import { type At, line, sideways, svg, text } from './svg.js';

/** A square plot of 0-1 by 0-1. */
const side = 420;
const frame = { left: 64, top: 44, right: 400, bottom: 364 };

/** From shares to pixels. */
export function place({ x, y }: At): At {
  return {
    x: frame.left + x * (frame.right - frame.left),
    y: frame.bottom - y * (frame.bottom - frame.top),
  };
}

export interface Naming {
  readonly title: string;
  readonly across: string;
  readonly up: string;
}

export function unitSquare({ title, across, up }: Naming, parts: readonly string[]): string {
  return svg(title, side, side, [axes({ title, across, up }), ...parts]);
}

/** Without axes, for what has names instead of numbers along its sides. */
export function bareSquare(title: string, parts: readonly string[]): string {
  return svg(title, side, side, [heading(title), ...parts]);
}

function heading(title: string): string {
  return text({ x: place({ x: 0.5, y: 0 }).x, y: 26 }, title, 'title middle');
}

function axes({ title, across, up }: Naming): string {
  const marks = [0, 0.25, 0.5, 0.75, 1].flatMap((at) => {
    const [below, beside] = [place({ x: at, y: 0 }), place({ x: 0, y: at })];
    return [
      line(below, place({ x: at, y: 1 }), 'grid'),
      line(beside, place({ x: 1, y: at }), 'grid'),
      text({ x: below.x, y: below.y + 18 }, String(at), 'small middle'),
      text({ x: beside.x - 8, y: beside.y + 4 }, String(at), 'small end'),
    ];
  });
  const corner = place({ x: 0, y: 0 });
  const middle = place({ x: 0.5, y: 0.5 });
  return [
    ...marks,
    line(corner, place({ x: 1, y: 0 }), 'axis'),
    line(corner, place({ x: 0, y: 1 }), 'axis'),
    heading(title),
    text({ x: middle.x, y: corner.y + 40 }, across, 'middle'),
    sideways({ x: 20, y: middle.y }, up, 'middle'),
  ].join('\n');
}
