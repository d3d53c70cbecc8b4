import { writeFile } from 'node:fs/promises';
import type { ImageHeader } from '../header.js';
import { openPicture } from '../open-picture.js';
import type { Prepared } from '../outcome.js';
import { type PreparedPixels, preparePixels } from '../prepare.js';
import { copyForViewing, type ViewingCopy } from '../viewing.js';
import { ready } from './decoder.js';

/** What comes of the picture, by name. */
export interface Products {
  prepare: PreparedPixels;
  view: ViewingCopy;
}

/** A picture, what to make of it, and whether that may take much. */
export interface Order {
  product: keyof Products;
  bytes: Uint8Array;
  mayBeHeavy: boolean;
}

export type Answer = { heavy: true } | { heavy: false; made: Prepared<Products[keyof Products]> };

const makers: { [Name in keyof Products]: (header: ImageHeader) => Promise<Prepared<Products[Name]>> } = {
  prepare: preparePixels,
  view: copyForViewing,
};

async function answer({ product, bytes, mayBeHeavy }: Order): Promise<Answer> {
  const opened = await openPicture(bytes, { mayBeHeavy });
  if (opened.heavy) return opened;
  const { header } = opened;
  return { heavy: false, made: header.ok ? await makers[product](header.value) : header };
}

/** One picture at a time: the order comes, the answer goes; anything thrown ends the process. */
process.on('message', (order: Order) => {
  void answer(order).then((made) => process.send?.(made));
});
// Its parent finishes what is in hand, and ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
// Even while native code computes.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Where memory runs out after all, this process goes first. Only Linux has it.
await writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined);
process.send?.(ready);
