import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Progress } from '@lucency/command-line';
import type { LungMask } from '@lucency/imaging/lungs';
import { inputSize } from '@lucency/model/card';
import sharp from 'sharp';
import type { PictureStore } from '../pictures/picture-store.js';
import type { Decoded } from './decode-all.js';
import { keptBytes } from './kept-bytes.js';

const atOnce = 16;

/**
 * Puts the lungs of every picture into the store, from `DIR/NAME.png` or `DIR/CLASS/NAME.png` of one of the
 * directories: black outside the lungs, white inside, of any size. A picture whose lungs nobody drew stays without,
 * and is looked at whole.
 */
export async function readLungs(
  files: readonly Decoded[],
  directories: readonly string[],
  store: PictureStore,
  progress: Progress,
): Promise<void> {
  const drawn = files.flatMap(({ file, label, index }) => {
    const name = `${basename(file).replace(/\.[^.]+$/, '')}.png`;
    const path = directories
      .flatMap((directory) => [join(directory, label, name), join(directory, name)])
      .find((candidate) => existsSync(candidate));
    return path ? [{ path, index }] : [];
  });
  const { lungs } = store.memory;
  if (!lungs) throw new Error('the store was made without room for lungs');
  progress.say(`lungs of ${drawn.length} of ${files.length} images`);
  const kept = await keptBytes<number[]>(
    'lungs',
    drawn.map(({ path }) => path),
  );
  const places = drawn.map(({ index }) => index);
  const bytes = new Uint8Array(lungs);
  if (isDeepStrictEqual(await kept.read(bytes), places)) return;
  for (let start = 0; start < drawn.length; start += atOnce) {
    const batch = drawn.slice(start, start + atOnce);
    await Promise.all(batch.map(async ({ path, index }) => store.putLungs(index, await readMask(path))));
    progress.show('reading lungs', start + batch.length, drawn.length);
  }
  await kept.write(bytes, places);
}

async function readMask(path: string): Promise<LungMask> {
  const grey = await sharp(path)
    .toColourspace('b-w')
    .resize(inputSize, inputSize, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer();
  return { side: inputSize, bits: Uint8Array.from(grey, (value) => (value >= 128 ? 1 : 0)) };
}
