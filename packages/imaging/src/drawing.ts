/** What pictures that are drawn for tests and measurements are made with; no service needs it. */

import sharp from 'sharp';
import { fromPixels } from './loaders.js';
import type { Raster } from './samples/lettering.js';

export { letter, type Raster } from './samples/lettering.js';
export { layered, type Noise, seededRandom, smoothNoise } from './samples/random.js';

/** @returns a grey JPEG. */
export function encodeRaster({ pixels, width, height }: Raster, quality = 90): Promise<Uint8Array> {
  return fromPixels(pixels, width, height, 1).toColourspace('b-w').jpeg({ quality }).toBuffer();
}

/** Any JPEG or PNG as grey shades, reduced to at most `longest` pixels a side; the input is trusted. */
export async function readRaster(bytes: Uint8Array, longest = 512): Promise<Raster> {
  const { data, info } = await sharp(bytes)
    .flatten({ background: '#fff' })
    .resize(longest, longest, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: new Uint8Array(data), width: info.width, height: info.height };
}

/** Enlarged or reduced with the model's kernel. */
export async function resizeRaster(raster: Raster, width: number, height: number): Promise<Raster> {
  const pixels = await fromPixels(raster.pixels, raster.width, raster.height, 1)
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return { pixels: new Uint8Array(pixels), width, height };
}
