import { workerData } from 'node:worker_threads';
import { logitsSide, lungsSide } from '@lucency/model/lungs';
import { seededRandom } from '@lucency/statistics';
import type { Picture } from '../augmentation/picture.js';
import { answerOrders } from '../threads/answer-orders.js';
import { augmentMasked } from './augment.js';
import { LungStore } from './examples.js';
import type { LungBatch, LungWish } from './lung-pool.js';

const memory: SharedArrayBuffer = workerData;
const store = new LungStore(memory);

answerOrders(augmented, ({ shades, shares }) => [shades.buffer, shares.buffer]);

function augmented(wishes: readonly LungWish[]): LungBatch {
  const shades = new Float32Array(wishes.length * lungsSide ** 2);
  const shares = new Float32Array(wishes.length * logitsSide ** 2);
  for (const [place, { index, other, seed }] of wishes.entries()) {
    const square = (of: Float32Array): Picture => ({ side: lungsSide, shades: of });
    const example = { picture: square(store.shades(index)), mask: square(store.mask(index)) };
    const { picture, mask } = augmentMasked(example, square(store.shades(other)), seededRandom(seed));
    shades.set(picture.shades, place * lungsSide ** 2);
    shares.set(halved(mask), place * logitsSide ** 2);
  }
  return { shades, shares };
}

/** Means of 2 x 2 pixels. */
function halved({ side, shades }: Picture): Float32Array {
  const half = side / 2;
  return Float32Array.from({ length: half * half }, (_, at) => {
    const first = 2 * Math.floor(at / half) * side + 2 * (at % half);
    const [a = 0, b = 0, c = 0, d = 0] = [first, first + 1, first + side, first + side + 1].map(
      (place) => shades[place],
    );
    return (a + b + c + d) / 4;
  });
}
