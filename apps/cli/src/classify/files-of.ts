import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { picturesIn } from '@lucency/imaging';
import { fromHere } from '../paths.js';
import { UsageError } from '../usage.js';

/**
 * The files that the arguments name, as they were typed; a folder stands for the images in it, at any depth, by name.
 * @throws UsageError for a folder without any.
 */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const known = await stat(fromHere(path)).catch(() => null);
      // What cannot be found is answered in its turn, as any file that cannot be read.
      return known?.isDirectory() ? imagesIn(path) : [path];
    }),
  );
  return found.flat();
}

async function imagesIn(folder: string): Promise<string[]> {
  const images = await picturesIn(fromHere(folder), { recursive: true });
  if (images.length === 0) throw new UsageError(`${folder} holds no DICOM, JPEG or PNG files.`);
  return images.map((name) => join(folder, name));
}
