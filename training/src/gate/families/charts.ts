import { letter, type Raster } from '@lucency/imaging/drawing';
import { between, type Random } from '../../random.js';
import { blankRaster, fill, line, pick, stored } from './canvas.js';

/** Plots of every kind, on light and on dark ground. */
export const charts: Readonly<Record<string, (random: Random) => Promise<Uint8Array>>> = {
  bars: (random) => chart(random, bars),
  curves: (random) => chart(random, curves),
  points: (random) => chart(random, points),
  pie: (random) => chart(random, pie),
  'heat map': (random) => chart(random, heatMap),
};

interface Ink {
  readonly ground: number;
  readonly axis: number;
  readonly shades: readonly [number, ...number[]];
}

function chart(
  random: Random,
  draw: (raster: Raster, random: Random, ink: Ink) => void,
): Promise<Uint8Array> {
  const dark = random() < 0.5;
  const shades: [number, number, number] = [
    between(random, 60, 200),
    between(random, 60, 200),
    between(random, 60, 200),
  ];
  const ink = dark ? { ground: 15, axis: 220, shades } : { ground: 250, axis: 30, shades };
  const raster = blankRaster(random, ink.ground);
  draw(raster, random, ink);
  const { width, height } = raster;
  line(raster, [30, 20], [30, height - 30], 2, ink.axis);
  line(raster, [30, height - 30], [width - 20, height - 30], 2, ink.axis);
  letter(raster, pick(random, ['RATE', 'HEARTS', 'GAIN', 'AREA UNDER']), 40, 6, 2, ink.axis);
  return stored(raster, random);
}

function bars(raster: Raster, random: Random, { shades }: Ink): void {
  const count = Math.round(between(random, 3, 14));
  const step = (raster.width - 60) / count;
  for (let at = 0; at < count; at += 1) {
    const tall = between(random, 0.1, 0.85) * raster.height;
    fill(
      raster,
      35 + at * step,
      raster.height - 30 - tall,
      step * between(random, 0.5, 0.9),
      tall,
      pick(random, shades),
    );
  }
}

function curves(raster: Raster, random: Random, { shades }: Ink): void {
  const [wave, phase] = [between(random, 1, 9), between(random, 0, 6)];
  for (let curve = 0; curve < between(random, 1, 5); curve += 1) {
    let from: [number, number] = [30, raster.height / 2];
    for (let x = 30; x < raster.width - 20; x += 6) {
      const swing = Math.sin(((x / raster.width) * wave + curve) * 2 + phase) * between(random, 0.2, 0.3);
      const to: [number, number] = [x, raster.height * (0.5 + swing)];
      line(raster, from, to, between(random, 1, 5), pick(random, shades));
      from = to;
    }
  }
}

function points(raster: Raster, random: Random, { shades }: Ink): void {
  for (let point = 0; point < between(random, 30, 400); point += 1) {
    const size = between(random, 2, 9);
    fill(
      raster,
      between(random, 35, raster.width - 20),
      between(random, 20, raster.height - 35),
      size,
      size,
      pick(random, shades),
    );
  }
}

function pie({ pixels, width, height }: Raster, random: Random): void {
  const slices = Array.from({ length: Math.round(between(random, 3, 8)) }, () =>
    Math.round(between(random, 20, 240)),
  );
  const radius = between(random, 0.3, 0.47) * Math.min(width, height);
  const hole = random() < 0.4 ? radius * between(random, 0.3, 0.7) : 0;
  const start = random();
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const [x, y] = [column - width / 2, row - height / 2];
      const out = Math.hypot(x, y);
      if (out > radius || out < hole) continue;
      const turn = (Math.atan2(y, x) / (2 * Math.PI) + 1 + start) % 1;
      pixels[row * width + column] = slices[Math.floor(turn * slices.length)] ?? 128;
    }
}

function heatMap(raster: Raster, random: Random): void {
  const [columns, rows] = [Math.round(between(random, 3, 16)), Math.round(between(random, 3, 16))];
  const diagonal = random() < 0.5;
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const near = Math.exp(-Math.abs(row / rows - column / columns) * 4);
      const shade = 255 * (diagonal ? 0.8 * near + 0.2 * random() : random());
      const [wide, tall] = [(raster.width - 60) / columns, (raster.height - 60) / rows];
      fill(raster, 32 + column * wide, 28 + row * tall, wide - 1, tall - 1, Math.round(shade));
    }
}
