import type { CurvePoint } from './metrics.js';

/** A square plot of 0-1 by 0-1, readable on light and dark pages. */
const [width, height] = [420, 420];
const frame = { left: 64, top: 44, right: 400, bottom: 364 };

export function toX(x: number): number {
  return frame.left + x * (frame.right - frame.left);
}

export function toY(y: number): number {
  return frame.bottom - y * (frame.bottom - frame.top);
}

const style = `
  svg { font: 13px system-ui, sans-serif; }
  .page { fill: #fff; } text { fill: #222; } .axis { stroke: #666; } .grid { stroke: #ddd; } .guide { stroke: #999; stroke-dasharray: 4 4; }
  .curve { fill: none; stroke: #1864ab; stroke-width: 2; } .dot { fill: #c92a2a; } .bar { fill: #1864ab; opacity: .6; }
  .cell { fill: #1864ab; stroke: #fff; } .small { font-size: 11px; } .title { font-weight: 600; font-size: 15px; }
  .large { font-size: 24px; font-weight: 600; } .middle { text-anchor: middle; } .end { text-anchor: end; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #1a1b1e; } text { fill: #ddd; } .grid { stroke: #333; } .axis { stroke: #999; }
    .curve { stroke: #74c0fc; } .bar, .cell { fill: #74c0fc; } .cell { stroke: #1a1b1e; } .dot { fill: #ff8787; }
  }`;

export function svg(title: string, parts: readonly string[]): string {
  const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img">\n<title>${escapeText(title)}</title>\n<style>${style}\n</style>\n<rect class="page" width="${width}" height="${height}"/>\n${parts.join('\n')}\n</svg>\n`;
}

export function axes(across: string, up: string, title: string): string {
  const marks = [0, 0.25, 0.5, 0.75, 1].flatMap((at) => [
    line({ x: at, y: 0 }, { x: at, y: 1 }, 'grid'),
    line({ x: 0, y: at }, { x: 1, y: at }, 'grid'),
    text(toX(at), toY(0) + 18, String(at), 'small middle'),
    text(toX(0) - 8, toY(at) + 4, String(at), 'small end'),
  ]);
  const middle = toY(0.5);
  return [
    ...marks,
    line({ x: 0, y: 0 }, { x: 1, y: 0 }, 'axis'),
    line({ x: 0, y: 0 }, { x: 0, y: 1 }, 'axis'),
    text(toX(0.5), 26, escapeText(title), 'title middle'),
    text(toX(0.5), toY(0) + 40, escapeText(across), 'middle'),
    `<text x="20" y="${middle}" class="middle" transform="rotate(-90 20 ${middle})">${escapeText(up)}</text>`,
  ].join('\n');
}

export function curve(points: readonly CurvePoint[]): string {
  return `<polyline class="curve" points="${points.map(({ x, y }) => `${fixed(toX(x))},${fixed(toY(y))}`).join(' ')}"/>`;
}

export function line(from: CurvePoint, to: CurvePoint, name: string): string {
  return `<line class="${name}" x1="${fixed(toX(from.x))}" y1="${fixed(toY(from.y))}" x2="${fixed(toX(to.x))}" y2="${fixed(toY(to.y))}"/>`;
}

export function dot({ x, y }: CurvePoint): string {
  return `<circle class="dot" cx="${fixed(toX(x))}" cy="${fixed(toY(y))}" r="5"/>`;
}

/** From the upper left to the lower right corner. */
export function rectangle(from: CurvePoint, to: CurvePoint, name: string, opacity?: number): string {
  const size = `width="${fixed(toX(to.x) - toX(from.x))}" height="${fixed(toY(to.y) - toY(from.y))}"`;
  const shade = opacity === undefined ? '' : ` fill-opacity="${fixed(opacity)}"`;
  return `<rect class="${name}" x="${fixed(toX(from.x))}" y="${fixed(toY(from.y))}" ${size}${shade}/>`;
}

/** `content` must be escaped. */
export function text(x: number, y: number, content: string, name: string): string {
  return `<text class="${name}" x="${fixed(x)}" y="${fixed(y)}">${content}</text>`;
}

export function escapeText(content: string): string {
  return content.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
