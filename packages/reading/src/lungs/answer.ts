import { inputSide } from '@lucency/imaging';
import { cropBox, cropShades, outlineOf, turnedBack, wholePicture } from '@lucency/imaging/lungs';
import type { LungRule, Segmenter } from '@lucency/model/lungs';
import { looksFrontal, refusalOf } from './assess.js';
import type { LungAnswer, LungQuestion } from './finder.js';
import { findLungs } from './found.js';

/** Finds the lungs, judges them, and cuts out what the model wants to see. */
export async function answerQuestion(
  { input, orientation, crop }: LungQuestion,
  segmenter: Segmenter,
  rule: LungRule,
): Promise<LungAnswer> {
  const shades = Float32Array.from({ length: inputSide ** 2 }, (_, at) => input[3 * at] ?? 0);
  const lungs = await findLungs(segmenter, shades, inputSide);
  // Turned pictures are looked at again only where no lungs were found: few are.
  const turned =
    orientation === 'UPRIGHT' || looksFrontal(lungs.measures, rule)
      ? null
      : await findLungs(segmenter, turnedBack(shades, inputSide, orientation), inputSide);
  const refusal = refusalOf(lungs, turned, rule);
  const outline = refusal ? [] : outlineOf(lungs.mask, lungs.probabilities);
  if (crop === 'none' || refusal) return { lungs, outline, refusal, input, shown: wholePicture };
  const shown = cropBox(lungs.mask);
  return { lungs, outline, refusal, input: toRgb(cropShades(shades, inputSide, shown)), shown };
}

function toRgb(shades: Float32Array): Float32Array<ArrayBuffer> {
  const input = new Float32Array(3 * shades.length);
  for (let at = 0; at < input.length; at += 1) input[at] = shades[Math.floor(at / 3)] ?? 0;
  return input;
}
