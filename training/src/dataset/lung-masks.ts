import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Progress } from '@lucency/command-line';
import { readMask } from '@lucency/evaluation';
import type { LungMask } from '@lucency/imaging/lungs';
import { inputSize } from '@lucency/model/card';
import { locateLungs, openSegmenter, readLungsCard, readLungsWeights } from '@lucency/model/lungs';
import { findLungs, looksFrontal } from '@lucency/reading/lungs';
import type { PictureStore } from '../pictures/picture-store.js';
import type { Decoded } from './decode-all.js';
import { keptBytes } from './kept-bytes.js';

const atOnce = 16;

/**
 * Puts the lungs of every picture into the store, from `DIR/NAME.png` or `DIR/CLASS/NAME.png` of one of the
 * directories: black outside the lungs, white inside, of any size. Where nobody drew them, the network that serves finds
 * them; a picture in which it is not sure stays without, and is looked at whole.
 */
export async function readLungs(
  files: readonly Decoded[],
  directories: readonly string[],
  store: PictureStore,
  progress: Progress,
): Promise<void> {
  const { lungs } = store.memory;
  if (!lungs) throw new Error('the store was made without room for lungs');
  const known = files.map((file) => ({ ...file, mask: maskFileOf(file, directories) }));
  const drawn = known.flatMap(({ mask, index }) => (mask ? [{ mask, index }] : []));
  const unknown = known.filter(({ mask }) => !mask);
  progress.say(`lungs of ${drawn.length} images are drawn, of ${unknown.length} to be found`);
  const segmenterDirectory = unknown.length > 0 ? await locateLungs() : undefined;
  const kept = await keptBytes<number[]>(
    ['lungs', segmenterDirectory && (await readLungsCard(segmenterDirectory)).fingerprints.weights]
      .filter(Boolean)
      .join(' '),
    [...drawn.map(({ mask }) => mask), ...unknown.map(({ path }) => path)],
  );
  const places = known.map(({ index }) => index);
  const bytes = new Uint8Array(lungs);
  if (isDeepStrictEqual(await kept.read(bytes), places)) return;
  for (let start = 0; start < drawn.length; start += atOnce) {
    const batch = drawn.slice(start, start + atOnce);
    await Promise.all(batch.map(async ({ mask, index }) => store.putLungs(index, await readMask(mask))));
    progress.show('reading lungs', start + batch.length, drawn.length);
  }
  if (segmenterDirectory) await findUnknown(unknown, segmenterDirectory, store, progress);
  await kept.write(bytes, places);
}

function maskFileOf({ file, label }: Pick<Decoded, 'file' | 'label'>, directories: readonly string[]) {
  const name = `${basename(file).replace(/\.[^.]+$/, '')}.png`;
  return directories
    .flatMap((directory) => [join(directory, label, name), join(directory, name)])
    .find((candidate) => existsSync(candidate));
}

async function findUnknown(
  files: readonly Pick<Decoded, 'index'>[],
  segmenterDirectory: string,
  store: PictureStore,
  progress: Progress,
): Promise<void> {
  const { rule } = await readLungsCard(segmenterDirectory);
  const segmenter = await openSegmenter(await readLungsWeights(segmenterDirectory));
  for (const [at, { index }] of files.entries()) {
    const { shades, side } = store.picture(index);
    const { mask, measures } = await findLungs(segmenter, shades, side);
    if (looksFrontal(measures, rule)) store.putLungs(index, enlarged(mask, inputSize));
    progress.show('finding lungs', at + 1, files.length);
  }
  await segmenter.close();
}

/** Each pixel as the nearest of the mask. */
function enlarged({ side, bits }: LungMask, to: number): LungMask {
  const from = (place: number) => Math.floor(((place + 0.5) * side) / to);
  return {
    side: to,
    bits: Uint8Array.from(
      { length: to * to },
      (_, at) => bits[from(Math.floor(at / to)) * side + from(at % to)] ?? 0,
    ),
  };
}
