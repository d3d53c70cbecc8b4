import type { Progress } from '@lucency/command-line';
import type { Hashed, SourcedFile } from '@lucency/evaluation';
import type { PictureStore } from '../pictures/picture-store.js';
import { contentOf, readPicture } from '../pictures/read-picture.js';
import { keptBytes } from './kept-bytes.js';

const atOnce = 16;

export interface Decoded extends Hashed, SourcedFile {
  /** In the store. */
  readonly index: number;
}

/**
 * Decodes every file once into the store. Those that cannot be read are named and left out. What was decoded is kept, so
 * that a training that is resumed begins at once.
 */
export async function decodeAll(
  files: readonly SourcedFile[],
  store: PictureStore,
  progress: Progress,
): Promise<Decoded[]> {
  const pictures = new Uint8Array(store.memory.pictures);
  const kept = await keptBytes<(string | null)[]>(
    'pictures',
    files.map(({ path }) => path),
  );
  const contents = await kept.read(pictures);
  if (contents)
    return files.flatMap((file, index) => {
      const content = contents[index];
      return content ? [{ ...file, content, index }] : [];
    });
  const decoded = await decode(files, store, progress);
  const known = new Map(decoded.map(({ index, content }) => [index, content]));
  await kept.write(
    pictures,
    files.map((_, index) => known.get(index) ?? null),
  );
  return decoded;
}

async function decode(
  files: readonly SourcedFile[],
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
