import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { prepareImage } from '@lucency/imaging';

/** A file as the services would show it to the model: Float32 `[224, 224, 3]`, RGB, 0-1. Throws when it cannot be. */
export async function readImage(path: string): Promise<Float32Array> {
  const prepared = await prepareImage(await readFile(path));
  if (!prepared.ok) throw new Error(`${path} is refused: ${prepared.reason}`);
  return prepared.value.input;
}

/** The same for the same pixels at 8 bits, however the file was written. */
export function contentOf(picture: Float32Array): string {
  return createHash('sha256')
    .update(Uint8Array.from(picture, (value) => Math.round(255 * value)))
    .digest('hex');
}
