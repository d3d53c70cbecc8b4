import { contentOf, readImage } from '../features/read-image.js';
import type { Progress } from '../progress.js';
import type { Hashed } from './duplicates.js';
import type { LabelledFile } from './read-data-set.js';

const atOnce = 16;

/** Decodes every file once, which also finds those that cannot be read: they are named and left out. */
export async function hashContents(files: readonly LabelledFile[], progress: Progress): Promise<Hashed[]> {
  const hashed: Hashed[] = [];
  for (let start = 0; start < files.length; start += atOnce) {
    const batch = files.slice(start, start + atOnce).map(async (file) => {
      try {
        return { ...file, content: contentOf(await readImage(file.path)) };
      } catch (error) {
        progress.say(`left out: ${error instanceof Error ? error.message : String(error)}`);
        return undefined;
      }
    });
    for (const file of await Promise.all(batch)) if (file) hashed.push(file);
    progress.show('reading images', Math.min(start + atOnce, files.length), files.length);
  }
  return hashed;
}
