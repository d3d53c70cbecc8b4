/** Marks in pixels; a plot is a list of them. Colours follow the page, light or dark. */

const style = `
  svg { font: 13px system-ui, sans-serif; }
  .page { fill: #fff; } text { fill: #222; } .quiet { fill: #666; }
  .axis { stroke: #666; } .grid { stroke: #e4e4e4; } .guide { stroke: #888; stroke-dasharray: 4 4; }
  .curve { fill: none; stroke: #1864ab; stroke-width: 2; } .second { stroke: #d9480f; } .dashed { stroke-dasharray: 5 4; }
  .band { fill: #1864ab; fill-opacity: .16; stroke: none; } .whisker { stroke: #1864ab; stroke-width: 1.5; }
  .dot { fill: #c92a2a; } .mark { fill: #1864ab; } .bar { fill: #1864ab; fill-opacity: .16; }
  .cell { fill: #1864ab; stroke: #fff; } .onDark { fill: #fff; } .speck { fill-opacity: .6; stroke: none; }
${series(['#1864ab', '#d9480f', '#862e9c', '#c92a2a', '#5c940d', '#0b7285'])}
  .small { font-size: 11px; } .title { font-weight: 600; font-size: 15px; } .large { font-size: 24px; font-weight: 600; }
  .middle { text-anchor: middle; } .end { text-anchor: end; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #1a1b1e; } text { fill: #ddd; } .quiet { fill: #999; } .grid { stroke: #33353a; } .axis { stroke: #999; }
    .curve, .whisker { stroke: #74c0fc; } .second { stroke: #ffa94d; } .band, .bar, .mark, .cell { fill: #74c0fc; }
    .cell { stroke: #1a1b1e; } .dot { fill: #ff8787; } .onDark { fill: #10131a; }
${series(['#74c0fc', '#ffa94d', '#e599f7', '#ff8787', '#a9e34b', '#66d9e8'])}
  }`;

/** Rules that colour the series of one plot. */
function series(colours: readonly string[]): string {
  const rules = colours.map(
    (colour, index) =>
      `.curve.series${index} { stroke: ${colour}; } .speck.series${index} { fill: ${colour}; }`,
  );
  return `  ${rules.join('\n  ')}`;
}

export interface At {
  readonly x: number;
  readonly y: number;
}

/** `title` is what a screen reader says of the picture. */
export function svg(title: string, width: number, height: number, parts: readonly string[]): string {
  const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img">\n<title>${escapeText(title)}</title>\n<style>${style}\n</style>\n<rect class="page" width="${width}" height="${height}"/>\n${parts.join('\n')}\n</svg>\n`;
}

export function polyline(points: readonly At[], name = 'curve'): string {
  return `<polyline class="${name}" points="${pairs(points)}"/>`;
}

export function polygon(points: readonly At[], name: string): string {
  return `<polygon class="${name}" points="${pairs(points)}"/>`;
}

export function line(from: At, to: At, name: string): string {
  return `<line class="${name}" x1="${fixed(from.x)}" y1="${fixed(from.y)}" x2="${fixed(to.x)}" y2="${fixed(to.y)}"/>`;
}

export function dot({ x, y }: At, name = 'dot', radius = 5): string {
  return `<circle class="${name}" cx="${fixed(x)}" cy="${fixed(y)}" r="${radius}"/>`;
}

/** Between any two opposite corners. */
export function rectangle(a: At, b: At, name: string, opacity?: number): string {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const size = `width="${fixed(Math.abs(a.x - b.x))}" height="${fixed(Math.abs(a.y - b.y))}"`;
  const shade = opacity === undefined ? '' : ` fill-opacity="${fixed(opacity)}"`;
  return `<rect class="${name}" x="${fixed(x)}" y="${fixed(y)}" ${size}${shade}/>`;
}

export function text({ x, y }: At, content: string, name: string): string {
  return `<text class="${name}" x="${fixed(x)}" y="${fixed(y)}">${escapeText(content)}</text>`;
}

/** Written upwards. */
export function sideways({ x, y }: At, content: string, name: string): string {
  const turn = `rotate(-90 ${fixed(x)} ${fixed(y)})`;
  return `<text class="${name}" x="${fixed(x)}" y="${fixed(y)}" transform="${turn}">${escapeText(content)}</text>`;
}

export function escapeText(content: string): string {
  return content.replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function pairs(points: readonly At[]): string {
  return points.map(({ x, y }) => `${fixed(x)},${fixed(y)}`).join(' ');
}

function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
