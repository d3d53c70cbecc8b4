import { workerData } from 'node:worker_threads';
import { seededRandom } from '@lucency/statistics';
import sharp from 'sharp';
import { pixelsOfCell } from '../augmentation/lungs.js';
import { treat, treatChest } from '../augmentation/treatments.js';
import { answerOrders } from '../threads/answer-orders.js';
import type { PictureWork, Treated, Wish } from './picture-pool.js';
import { PictureStore, type SharedPictures } from './picture-store.js';

sharp.cache(false);
sharp.concurrency(1);

const memory: SharedPictures = workerData;
const store = new PictureStore(memory);

answerOrders(treatAll, ({ shades, covered }) => [shades.buffer, covered.buffer]);

async function treatAll({ wishes, side }: PictureWork): Promise<Treated> {
  const cells = memory.lungs ? Math.floor(side / pixelsOfCell) : 0;
  const shades = new Float32Array(wishes.length * side * side);
  const covered = new Float32Array(wishes.length * cells * cells);
  for (const [place, wish] of wishes.entries()) {
    const treated = await treatedAs(wish, side);
    shades.set(treated.shades, place * side * side);
    covered.set(treated.covered, place * cells * cells);
  }
  return { shades, covered };
}

async function treatedAs({ index, treatment, seed, other }: Wish, side: number) {
  const [picture, lungs, random] = [store.picture(index), store.lungs(index), seededRandom(seed)];
  if (!lungs) return { shades: (await treat(picture, treatment, random, side)).shades, covered: [] };
  const behind = other === undefined ? undefined : store.picture(other);
  const shown = await treatChest({ picture, lungs }, treatment, behind, random, side);
  return { shades: shown.picture.shades, covered: shown.covered };
}
