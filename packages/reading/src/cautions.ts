import type { CautionCode } from '@lucency/contracts';
import type { Orientation } from '@lucency/imaging';

/** What was noticed about a picture on the way to its reading. */
export interface Signs {
  /** It came as a negative and was turned round. */
  inverted: boolean;
  orientation: Orientation;
  mirrored: boolean;
  /** Flat margins were cut off. */
  marginsCut: boolean;
  /** It lies far from the training images. */
  untypical: boolean;
  /** Share of the evidence for pneumonia that lies in the lungs; null where the answer rests on none. */
  evidenceInside: number | null;
}

/** Below it most of the evidence lies elsewhere. */
const leastInside = 0.5;

/** Cautions of a reading, the most important first. None changes the answer. */
export function cautionsOf(signs: Signs): CautionCode[] {
  return rules.filter(([, applies]) => applies(signs)).map(([code]) => code);
}

const rules: readonly [CautionCode, (signs: Signs) => boolean][] = [
  ['EVIDENCE_OUTSIDE_LUNGS', ({ evidenceInside }) => evidenceInside !== null && evidenceInside < leastInside],
  ['UNLIKE_TRAINING', ({ untypical }) => untypical],
  ['ROTATED', ({ orientation }) => orientation !== 'UPRIGHT'],
  ['MIRRORED', ({ mirrored }) => mirrored],
  ['MARGINS_CUT', ({ marginsCut }) => marginsCut],
  ['INVERTED', ({ inverted }) => inverted],
];
