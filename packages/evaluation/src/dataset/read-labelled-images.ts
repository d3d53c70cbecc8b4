import { existsSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { atHome, labels, readLabelled, type SourcedFile } from './read-data-set.js';
import { manifestFileName, readManifest } from './read-manifest.js';

/**
 * The labelled images that a person points at: a manifest (a CSV file, or a folder with `manifest.csv`), or a folder
 * with NORMAL/ and PNEUMONIA/. Throws, in one line, where it is neither, a class is missing, a file is named twice or
 * is not there.
 */
export async function readLabelledImages(path: string): Promise<SourcedFile[]> {
  if (!existsSync(path)) throw new Error(`${path} cannot be found.`);
  const files = hasManifest(path) ? await readManifest(path) : await readClassFolders(path);
  for (const label of labels)
    if (!files.some((file) => file.label === label && !file.otherAbnormal))
      throw new Error(
        hasManifest(path)
          ? `${path} names no image that is ${label}; both classes are needed.`
          : `${path} holds no ${label}/ with DICOM, JPEG or PNG images in it, and no ${manifestFileName}.`,
      );
  const seen = new Set<string>();
  const repeated = files.map(({ file }) => file).filter((file) => seen.has(file) || !seen.add(file));
  if (repeated.length > 0) throw new Error(`${path} names ${few(repeated)} more than once.`);
  const absent = files.filter((file) => !existsSync(file.path)).map(({ file }) => file);
  if (absent.length > 0) throw new Error(`${path} names ${few(absent)}, which cannot be found.`);
  return files;
}

/** Whether the images are named by a manifest: a CSV file, or a folder with one. */
export function hasManifest(path: string): boolean {
  return extname(path).toLowerCase() === '.csv' || existsSync(join(path, manifestFileName));
}

/** The same name in both folders is two people: names say nothing of patients there. */
async function readClassFolders(directory: string): Promise<SourcedFile[]> {
  const files = await readLabelled(directory, '');
  const own = files.map((file) => ({ ...file, patient: `${file.label} ${file.patient}` }));
  return atHome(own, basename(resolve(directory)));
}

const shown = 5;

function few(names: readonly string[]): string {
  const more = names.length - shown;
  return names.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
