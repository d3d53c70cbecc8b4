import type { CautionCode } from '@lucency/messaging';

/** What was noticed about a picture on the way to its reading; what is absent was not looked for. */
export interface Signs {
  /** It came as a negative and was turned round. */
  inverted: boolean;
  orientation?: 'UPRIGHT' | 'ROTATED_90' | 'ROTATED_180' | 'ROTATED_270';
  mirrored?: boolean;
  /** How far it lies from the training images, and the distance from which on that is said. */
  distance?: { value: number; cautionFrom: number };
}

/** What the reader must be told, most important first. None of it changes the answer. */
export function cautionsOf(signs: Signs): CautionCode[] {
  return rules.filter(([, applies]) => applies(signs)).map(([code]) => code);
}

const rules: readonly [CautionCode, (signs: Signs) => boolean][] = [
  ['UNLIKE_TRAINING', ({ distance }) => distance !== undefined && distance.value >= distance.cautionFrom],
  ['ROTATED', ({ orientation = 'UPRIGHT' }) => orientation !== 'UPRIGHT'],
  ['MIRRORED', ({ mirrored = false }) => mirrored],
  ['INVERTED', ({ inverted }) => inverted],
];
