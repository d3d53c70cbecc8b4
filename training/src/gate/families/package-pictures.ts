import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeRaster, type Raster, readRaster } from '@lucency/imaging/drawing';
import { seededRandom, shuffle } from '../../random.js';

/** Where packages of the system put icons, logos, wallpapers and the figures of their documentation. */
export const systemPictures: readonly string[] = ['/usr/share', '/usr/lib', 'node_modules'];

/** Smaller files are buttons. */
const leastBytes = 8_000;
const leastSide = 120;

/**
 * Pictures that installed packages carry, in grey, up to `most`; large ones as their left and their right half.
 * Fewer, or none, where the machine has fewer.
 */
export async function packagePictures(folders: readonly string[], most: number): Promise<Uint8Array[]> {
  const files = (await Promise.all(folders.filter(existsSync).map(picturesUnder))).flat().sort();
  const pictures: Uint8Array[] = [];
  for (const file of shuffle(files, seededRandom(1))) {
    if (pictures.length >= most) break;
    const raster = await readRaster(await readFile(file)).catch(() => null);
    if (!raster || Math.min(raster.width, raster.height) < leastSide) continue;
    const halves = raster.width >= 2 * leastSide + 100 ? [half(raster, 0), half(raster, 1)] : [raster];
    for (const part of halves) pictures.push(await encodeRaster(part));
  }
  return pictures.slice(0, most);
}

/** Links are not followed: some lead back up, and a walk along them never ends. */
async function picturesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(png|jpe?g)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  return paths.filter((_, at) => (sizes[at]?.size ?? 0) >= leastBytes);
}

function half({ pixels, width, height }: Raster, which: 0 | 1): Raster {
  const wide = Math.floor(width / 2);
  const part = new Uint8Array(wide * height);
  for (let row = 0; row < height; row += 1)
    part.set(pixels.subarray(row * width + which * wide, row * width + which * wide + wide), row * wide);
  return { pixels: part, width: wide, height };
}
