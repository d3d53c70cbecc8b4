import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { imageFolder } from '../places.js';
import { buildah, imageId } from './buildah.js';

export interface Archive {
  image: string;
  file: string;
  /** Another name under which the cluster finds it. */
  alias?: string;
}

/** Writes images where containerd can read them, each once. */
export async function archive(images: readonly string[]): Promise<Archive[]> {
  await mkdir(imageFolder, { recursive: true });
  const archives: Archive[] = [];
  for (const image of images) {
    const name = image.replace(/.*\//, '').replace(':', '-');
    const file = join(imageFolder, `${name}-${(await imageId(image)).slice(0, 16)}.tar`);
    if (!existsSync(file)) {
      // Compressing takes longer than all the rest, and the disk has room.
      await buildah(
        'push',
        '--quiet',
        '--disable-compression',
        image,
        `oci-archive:${file}.partial:${image}`,
      );
      await rename(`${file}.partial`, file);
      await removeEarlier(`${name}-`, file);
    }
    archives.push({ image, file });
  }
  return archives;
}

/** Of images that were built anew; each takes as much of the disk as the one that counts. */
async function removeEarlier(beginning: string, kept: string): Promise<void> {
  for (const name of await readdir(imageFolder)) {
    const file = join(imageFolder, name);
    if (name.startsWith(beginning) && file !== kept) await rm(file);
  }
}
