import { lungsSide, openSegmenter } from '@lucency/model/lungs';
import type { Tensors } from '@lucency/model/weights';
import type { LungExample, LungStore } from './examples.js';

/** Mean Dice coefficient (Dice 1945) of the masks found in pictures as they are, against those that people drew. */
export async function meanDice(
  tensors: Tensors,
  examples: readonly LungExample[],
  store: LungStore,
): Promise<number> {
  const segmenter = await openSegmenter(tensors, 1);
  let sum = 0;
  const drawn = examples.filter((example) => example.drawn);
  for (const { index } of drawn) {
    const found = await segmenter.segment(store.shades(index), lungsSide);
    sum += dice(found, store.mask(index));
  }
  await segmenter.close();
  return sum / drawn.length;
}

/** Of what is more likely lung than not; 1 where neither holds any. */
export function dice(found: ArrayLike<number>, truth: ArrayLike<number>): number {
  let [both, all] = [0, 0];
  for (let at = 0; at < found.length; at += 1) {
    const [one, other] = [(found[at] ?? 0) > 0.5, (truth[at] ?? 0) > 0.5];
    if (one) all += 1;
    if (other) all += 1;
    if (one && other) both += 1;
  }
  return all === 0 ? 1 : (2 * both) / all;
}
