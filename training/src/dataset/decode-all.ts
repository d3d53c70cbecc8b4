import type { PictureStore } from '../pictures/picture-store.js';
import { contentOf, readPicture } from '../pictures/read-picture.js';
import type { Progress } from '../progress.js';
import type { Hashed } from './duplicates.js';
import type { LabelledFile } from './read-data-set.js';

const atOnce = 16;

export interface Decoded extends Hashed {
  /** In the store. */
  readonly index: number;
}

/** Decodes every file once into the store. Those that cannot be read are named and left out. */
export async function decodeAll(
  files: readonly LabelledFile[],
  store: PictureStore,
  progress: Progress,
): Promise<Decoded[]> {
  const decoded: Decoded[] = [];
  for (let start = 0; start < files.length; start += atOnce) {
    const batch = files.slice(start, start + atOnce).map(async (file, place) => {
      try {
        const picture = await readPicture(file.path);
        store.put(start + place, picture);
        return { ...file, content: contentOf(picture), index: start + place };
      } catch (error) {
        progress.say(`left out: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    });
    for (const file of await Promise.all(batch)) if (file) decoded.push(file);
    progress.show('reading images', Math.min(start + atOnce, files.length), files.length);
  }
  return decoded;
}
