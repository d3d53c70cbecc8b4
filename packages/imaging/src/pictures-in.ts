import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { looksLikeDicom } from '@lucency/dicom';

const extensions: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.png', '.dcm', '.dicom']);
/** The table of contents of a medium: DICOM, and no image. */
const tableOfContents = 'DICOMDIR';
/** Preamble and magic number of a DICOM file (PS3.10). */
const headBytes = 132;

/**
 * The pictures in a folder, relative to it, by name: files with the extension of a picture, and DICOM files without any, as
 * most devices write them. Hidden files are none.
 */
export async function picturesIn(folder: string, { recursive }: { recursive: boolean }): Promise<string[]> {
  const entries = await readdir(folder, { recursive, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile() && !entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    if (await isPicture(path)) found.push(path.slice(join(folder, '/').length));
  }
  return found.sort();
}

async function isPicture(path: string): Promise<boolean> {
  const name = basename(path);
  if (name.startsWith('.') || name.toUpperCase() === tableOfContents) return false;
  const extension = extname(name).toLowerCase();
  // Names of instances are UIDs now and then, whose last number looks like an extension.
  if (extension !== '' && !/^\.[0-9]+$/.test(extension)) return extensions.has(extension);
  let file: FileHandle | null = null;
  try {
    file = await open(path);
    const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
    return bytesRead === headBytes && looksLikeDicom(buffer);
  } catch {
    // A folder behind a link, or nothing that may be read.
    return false;
  } finally {
    await file?.close();
  }
}
