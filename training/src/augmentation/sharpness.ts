import { normal, type Random } from '@lucency/statistics';
import { mapShades, type Picture } from './picture.js';

/** Gaussian; `deviation` in pixels. */
export function blur(picture: Picture, deviation: number): Picture {
  const reach = Math.ceil(2.5 * deviation);
  const taps = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation ** 2)),
  );
  const total = taps.reduce((sum, tap) => sum + tap, 0);
  const kernel = Float32Array.from(taps, (tap) => tap / total);
  const { side } = picture;
  const across = smear(picture.shades, side, kernel, 1);
  return { side, shades: smear(across, side, kernel, side) };
}

/** Along rows (`stride` 1) or columns (`stride` side); edges continue. */
function smear(shades: Float32Array, side: number, kernel: Float32Array, stride: number): Float32Array {
  const reach = (kernel.length - 1) / 2;
  const line = stride === 1 ? side : 1;
  const smeared = new Float32Array(shades.length);
  for (let first = 0; first < side; first++)
    for (let place = 0; place < side; place++) {
      let sum = 0;
      for (let tap = -reach; tap <= reach; tap++) {
        const at = Math.min(side - 1, Math.max(0, place + tap));
        sum += (kernel[tap + reach] ?? 0) * (shades[first * line + at * stride] ?? 0);
      }
      smeared[first * line + place * stride] = sum;
    }
  return smeared;
}

/** Unsharp mask, as viewing stations apply it. */
export function sharpen(picture: Picture, amount: number): Picture {
  const soft = blur(picture, 1.5).shades;
  return mapShades(picture, (shade, at) => shade + amount * (shade - (soft[at] ?? shade)));
}

/** Independent in every pixel. */
export function addNoise(picture: Picture, deviation: number, random: Random): Picture {
  return mapShades(picture, (shade) => shade + deviation * normal(random));
}
