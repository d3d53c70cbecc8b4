import { encodeRaster, type Raster } from '@lucency/imaging/drawing';
import { between, type Random } from '../../random.js';

/** Brightness, 0 to 1, of a place; x and y run from -1 to 1, y downward. */
export type Scene = (x: number, y: number) => number;

/** Pixels of the shorter side of a drawn picture: enough for the 224 that are looked at. */
const side = 288;

/** An empty grey picture, landscape or portrait as chance has it. */
export function blankRaster(random: Random, shade: number): Raster {
  const longer = Math.round(side * between(random, 1, 1.4));
  const [width, height] = random() < 0.5 ? [longer, side] : [side, longer];
  return { pixels: new Uint8Array(width * height).fill(shade), width, height };
}

/** Renders a scene with the grain and the rounding of a picture that was taken. */
export function render(scene: Scene, random: Random, grain = between(random, 0, 0.03)): Raster {
  const raster = blankRaster(random, 0);
  const { pixels, width, height } = raster;
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const noise = grain * (random() + random() + random() - 1.5);
      const shade = scene((2 * column + 1) / width - 1, (2 * row + 1) / height - 1) + noise;
      pixels[row * width + column] = Math.min(255, Math.max(0, Math.round(255 * shade)));
    }
  return raster;
}

/** Turned by up to `most` radians, moved and scaled a little, sometimes mirrored. */
export function placed(scene: Scene, random: Random, most = 0.4): Scene {
  const angle = between(random, -most, most);
  const scale = between(random, 0.85, 1.25);
  const [right, down] = [between(random, -0.15, 0.15), between(random, -0.15, 0.15)];
  const mirror = random() < 0.5 ? -1 : 1;
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  return (x, y) =>
    scene(mirror * (cos * (x - right) - sin * (y - down)), sin * (x - right) + cos * (y - down));
}

/** With another gamma, and one in eight as a negative. */
export function exposed(scene: Scene, random: Random): Scene {
  const gamma = Math.exp(between(random, -0.4, 0.4));
  const negative = random() < 0.125;
  return (x, y) => {
    const shade = Math.min(1, Math.max(0, scene(x, y))) ** gamma;
    return negative ? 1 - shade : shade;
  };
}

export function fill(
  raster: Raster,
  left: number,
  top: number,
  width: number,
  height: number,
  shade: number,
) {
  const from = Math.max(0, Math.round(left));
  const to = Math.min(raster.width, Math.round(left + width));
  for (
    let row = Math.max(0, Math.round(top));
    row < Math.min(raster.height, Math.round(top + height));
    row += 1
  )
    if (to > from) raster.pixels.fill(shade, row * raster.width + from, row * raster.width + to);
}

/** A line of this thickness, in pixels. */
export function line(
  raster: Raster,
  from: readonly [number, number],
  to: readonly [number, number],
  thick: number,
  shade: number,
) {
  const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]));
  for (let step = 0; step <= steps; step += 1) {
    const part = steps > 0 ? step / steps : 0;
    const [x, y] = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    fill(raster, x - thick / 2, y - thick / 2, thick, thick, shade);
  }
}

export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** JPEG of a quality as pictures have on their ways. */
export function stored(raster: Raster, random: Random): Promise<Uint8Array> {
  return encodeRaster(raster, Math.round(between(random, 60, 95)));
}
