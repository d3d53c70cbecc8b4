import { letter, type Raster } from '@lucency/imaging/drawing';
import { between, type Random } from '../../random.js';
import { blankRaster, fill, pick, stored } from './canvas.js';

const words = [
  'THE',
  'HEART',
  'AND',
  'LUNGS',
  'ARE',
  'CLEAR',
  'NO',
  'EFFUSION',
  'REPORT',
  'OF',
  'A',
  'CHEST',
] as const;

/** What screens and sheets of paper look like. */
export const pages: Readonly<Record<string, (random: Random) => Promise<Uint8Array>>> = {
  letter: (random) => sheet(random, between(random, 225, 255), between(random, 0, 60)),
  terminal: (random) => sheet(random, between(random, 0, 40), between(random, 170, 255)),
  window: (random) => screen(random),
  form: (random) => form(random),
};

function sheet(random: Random, ground: number, ink: number): Promise<Uint8Array> {
  const raster = blankRaster(random, ground);
  const margin = between(random, 4, 50);
  write(
    raster,
    random,
    { left: margin, top: margin, right: raster.width - margin, bottom: raster.height - margin },
    ink,
  );
  return stored(raster, random);
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function write(raster: Raster, random: Random, { left, top, right, bottom }: Area, ink: number): void {
  const dot = Math.round(between(random, 1, 3));
  for (let y = Math.round(top); y < bottom - 7 * dot; y += dot * 11) {
    // A paragraph ends somewhere.
    const end = random() < 0.2 ? between(random, left, right) : right;
    for (let x = Math.round(left); ; ) {
      const word = pick(random, words);
      if (x + word.length * 6 * dot > end) break;
      letter(raster, word, x, y, dot, ink);
      x += (word.length + 1) * 6 * dot;
    }
  }
}

function screen(random: Random): Promise<Uint8Array> {
  const dark = random() < 0.5;
  const shade = (from: number, to: number) =>
    Math.round(dark ? 255 - between(random, from, to) : between(random, from, to));
  const raster = blankRaster(random, shade(225, 250));
  const { width, height } = raster;
  const bar = between(random, 15, 35);
  fill(raster, 0, 0, width, bar, shade(60, 200));
  const side = between(random, 0, 0.35) * width;
  fill(raster, 0, bar, side, height, shade(180, 230));
  for (let card = 0; card < between(random, 2, 12); card += 1) {
    const left = between(random, side, width - 30);
    const top = between(random, bar, height - 30);
    fill(raster, left, top, between(random, 20, 140), between(random, 10, 110), shade(60, 255));
    if (random() < 0.5)
      write(raster, random, { left, top, right: width, bottom: Math.min(height, top + 30) }, shade(0, 80));
  }
  return stored(raster, random);
}

function form(random: Random): Promise<Uint8Array> {
  const raster = blankRaster(random, Math.round(between(random, 220, 255)));
  const ink = Math.round(between(random, 0, 120));
  const { width, height } = raster;
  const rows = Math.round(between(random, 5, 20));
  for (let row = 0; row <= rows; row += 1)
    fill(raster, 10, 10 + (row * (height - 20)) / rows, width - 20, 1.5, ink);
  for (let column = 10; column < width; column += between(random, 30, 110))
    fill(raster, column, 10, 1.5, height - 20, ink);
  write(raster, random, { left: 16, top: 14, right: width - 12, bottom: height - 12 }, ink);
  return stored(raster, random);
}
