import { fromPixels } from '../loaders.js';
import { type Chest, growChest } from './anatomy.js';
import { letter, type Raster } from './lettering.js';
import { seededRandom } from './random.js';

export interface PhantomOptions {
  /** The same seed draws the same picture. */
  seed: number;
  /** Adds patches of consolidation to the lungs. */
  pneumonia?: boolean;
  /** Pixels. */
  width?: number;
  height?: number;
}

/** The anatomy is smooth, so it is computed at this width and enlarged; grain comes at full size. */
const anatomyWidth = 480;

/**
 * Draws a chest X-ray of nobody, for samples, tests and load tests: no real one may be in the repository.
 * "SYNTHETIC" is burnt into a corner.
 * @returns a grey JPEG.
 */
export async function drawPhantom({
  seed,
  pneumonia = false,
  width = 1500,
  height = 1200,
}: PhantomOptions): Promise<Uint8Array> {
  const random = seededRandom(seed);
  const small = project(
    growChest(random, pneumonia),
    anatomyWidth,
    Math.round((anatomyWidth * height) / width),
  );
  const pixels = await fromPixels(await focus(small, pneumonia), small.width, small.height, 1)
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  const raster = { pixels: new Uint8Array(pixels), width, height };
  addGrain(raster, random);
  const dot = Math.max(1, Math.round(width / 375));
  letter(raster, 'SYNTHETIC', dot * 5, dot * 5, dot, 225);
  letter(raster, 'L', width - dot * 14, dot * 5, dot * 2, 225);
  return fromPixels(raster.pixels, width, height, 1).jpeg({ quality: 88 }).toBuffer();
}

function project(chest: Chest, width: number, height: number): Raster {
  const pixels = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const y = ((row + 0.5) / height) * 2 - 1;
    for (let column = 0; column < width; column += 1) {
      const x = ((column + 0.5) / width) * 2 - 1;
      const vignette = 1 - 0.12 * (x * x + y * y) ** 2 * 0.5;
      pixels[row * width + column] = Math.min(255, Math.round(chest(x, y) * vignette * 255));
    }
  }
  return { pixels, width, height };
}

/** Fluid in the lungs blurs vessels and the outline of the heart; where there is none they stand out. */
async function focus({ pixels, width, height }: Raster, pneumonia: boolean): Promise<Uint8Array> {
  if (pneumonia) return pixels;
  const crisp = fromPixels(pixels, width, height, 1).sharpen({ sigma: 3.2, m1: 8, m2: 8 }).linear(1.15, -20);
  return crisp.toColourspace('b-w').raw().toBuffer();
}

/** Quantum noise: stronger where fewer photons arrive, so roughly with the square root of the shade. */
function addGrain({ pixels }: Raster, random: () => number): void {
  for (let at = 0; at < pixels.length; at += 1) {
    const shade = pixels[at] ?? 0;
    const grain = (random() + random() - 1) * (2 + Math.sqrt(shade) * 0.5);
    pixels[at] = Math.min(255, Math.max(0, Math.round(shade + grain)));
  }
}
