import type { RefusalCode } from '@lucency/contracts';
import type { LungMask, LungMeasures } from '@lucency/imaging/lungs';
import type { LungRule } from '@lucency/model/lungs';
import type { FoundLungs } from './found.js';

export type LungRefusal = Extract<RefusalCode, 'NO_LUNGS' | 'LATERAL_VIEW' | 'LUNGS_CUT_OFF' | 'TURNED'>;

/** Whether these are the two lungs of a frontal chest X-ray. */
export function looksFrontal(measures: LungMeasures, rule: LungRule): boolean {
  return (
    measures.area >= rule.leastArea &&
    measures.area <= rule.mostArea &&
    measures.inTwo >= rule.leastInTwo &&
    measures.confidence >= rule.leastConfidence &&
    measures.weaker >= rule.leastWeaker &&
    measures.slimness >= rule.leastSlimness &&
    measures.ratio >= rule.leastRatio &&
    measures.apart >= rule.leastApart &&
    measures.heightBetween <= rule.mostHeightBetween &&
    measures.heightRatio >= rule.leastHeightRatio
  );
}

/** Share of an edge of the picture that lungs must touch to look cut off there. */
const cutShare = 0.2;
/** A lateral view shows both lungs as one: the smaller part found, if any, is at most this share of the larger. */
const oneLungRatio = 0.3;

/**
 * Why a picture without two frontal lungs is refused; null where it has them.
 * @param turned the lungs found after the picture was turned upright, where it seems to lie otherwise.
 */
export function refusalOf(found: FoundLungs, turned: FoundLungs | null, rule: LungRule): LungRefusal | null {
  if (looksFrontal(found.measures, rule)) return null;
  if (turned && looksFrontal(turned.measures, rule)) return 'TURNED';
  const { area, confidence, ratio } = found.measures;
  const sure = area >= rule.leastArea && confidence >= rule.leastConfidence;
  if (sure && touchesEdges(found.mask)) return 'LUNGS_CUT_OFF';
  if (sure && ratio <= oneLungRatio) return 'LATERAL_VIEW';
  return 'NO_LUNGS';
}

function touchesEdges({ side, bits }: LungMask): boolean {
  const along = (first: number, step: number) => {
    let touched = 0;
    for (let at = 0; at < side; at += 1) touched += bits[first + at * step] ?? 0;
    return touched / side >= cutShare;
  };
  return along(0, 1) || along((side - 1) * side, 1) || along(0, side) || along(side - 1, side);
}
