import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inputSide, prepareImage } from '@lucency/imaging';
import type { Picture } from '../augmentation/picture.js';

/** A file as the services would show it to the model, in grey. Throws when it is refused. */
export async function readPicture(path: string): Promise<Picture> {
  const prepared = await prepareImage(await readFile(path));
  if (!prepared.ok) throw new Error(`${path} is refused: ${prepared.reason}`);
  const { input } = prepared.value;
  const shades = new Float32Array(inputSide * inputSide);
  for (let at = 0; at < shades.length; at++)
    // ITU-R BT.601 luma; the channels of an X-ray differ by JPEG's rounding at most.
    shades[at] =
      0.299 * (input[at * 3] ?? 0) + 0.587 * (input[at * 3 + 1] ?? 0) + 0.114 * (input[at * 3 + 2] ?? 0);
  return { side: inputSide, shades };
}

/** The same for the same pixels at 8 bits, however the file was written. */
export function contentOf({ shades }: Picture): string {
  return createHash('sha256')
    .update(Uint8Array.from(shades, (shade) => Math.round(255 * shade)))
    .digest('hex');
}
