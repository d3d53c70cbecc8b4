import { fromPixels } from '../loaders.js';
import { letter, type Raster } from './lettering.js';
import { layered, seededRandom, smoothNoise } from './random.js';

export type RefusedSample = 'page' | 'blank' | 'photograph';

export interface RefusedSampleOptions {
  seed?: number;
  /** Pixels. */
  width?: number;
  height?: number;
}

/** Draws what people send by mistake, for samples and tests. @returns a JPEG. */
export function drawRefusedSample(
  kind: RefusedSample,
  { seed = 1, width = 1200, height = 1500 }: RefusedSampleOptions = {},
): Promise<Uint8Array> {
  if (kind === 'photograph') return drawLandscape(seed, width, height);
  const raster = { pixels: new Uint8Array(width * height).fill(kind === 'page' ? 250 : 18), width, height };
  if (kind === 'page') writeLines(raster, seed);
  return fromPixels(raster.pixels, width, height, 1).jpeg({ quality: 88 }).toBuffer();
}

const words = [
  'SYNTHETIC',
  'REPORT',
  'OF',
  'A',
  'CHEST',
  'EXAMINATION',
  'THE',
  'HEART',
  'AND',
  'LUNGS',
  'ARE',
];

function writeLines(raster: Raster, seed: number): void {
  const random = seededRandom(seed);
  const dot = Math.max(1, Math.round(raster.width / 400));
  const margin = dot * 30;
  for (let top = margin; top < raster.height - margin; top += dot * 13) {
    let left = margin;
    while (true) {
      const word = words[Math.floor(random() * words.length)] ?? 'THE';
      const end = left + word.length * 6 * dot;
      if (end > raster.width - margin) break;
      letter(raster, word, left, top, dot, 20);
      left = end + 6 * dot;
    }
  }
}

/** Clouds are smooth, so they are drawn this many pixels wide and enlarged. */
const landscapeWidth = 400;

/** A meadow under an evening sky. */
function drawLandscape(seed: number, fullWidth: number, fullHeight: number): Promise<Uint8Array> {
  const clouds = layered(smoothNoise(seededRandom(seed)), 5);
  const width = Math.min(fullWidth, landscapeWidth);
  const height = Math.round((width * fullHeight) / fullWidth);
  const pixels = new Uint8ClampedArray(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    const y = row / height;
    for (let column = 0; column < width; column += 1) {
      const x = column / width;
      const cloud = clouds(x * 5, y * 8);
      const sky = y < 0.55 + 0.05 * clouds(x * 3, 0);
      const evening = [90 + 110 * y + 50 * cloud, 130 + 40 * cloud, 220 - 120 * y];
      pixels.set(sky ? evening : [60, 120 + 60 * cloud, 40], (row * width + column) * 3);
    }
  }
  return fromPixels(new Uint8Array(pixels), width, height, 3)
    .resize(fullWidth, fullHeight, { fit: 'fill', kernel: 'cubic' })
    .jpeg({ quality: 88 })
    .toBuffer();
}
