import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { treat } from '../augmentation/treatments.js';
import { seededRandom } from '../random.js';
import type { PictureAnswer, PictureWork } from './picture-pool.js';
import { PictureStore } from './picture-store.js';

sharp.cache(false);
sharp.concurrency(1);

const memory: SharedArrayBuffer = workerData;
const store = new PictureStore(memory);

parentPort?.on('message', async ({ number, wishes, side }: PictureWork) => {
  const shades = new Float32Array(wishes.length * side * side);
  for (const [place, { index, treatment, seed }] of wishes.entries()) {
    const treated = await treat(store.picture(index), treatment, seededRandom(seed), side);
    shades.set(treated.shades, place * side * side);
  }
  parentPort?.postMessage({ number, shades } satisfies PictureAnswer, [shades.buffer]);
});
