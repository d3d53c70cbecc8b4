import type { LungRule } from '@lucency/model/lungs';

/** Where the choice of a rule starts: what a first segmenter of other widths needed. */
export const firstRule: LungRule = {
  leastArea: 0.08,
  mostArea: 0.62,
  leastInTwo: 0.9,
  leastConfidence: 0.93,
  leastWeaker: 0.84,
  leastSlimness: 1.1,
  leastRatio: 0.5,
  leastApart: 0.25,
  mostHeightBetween: 0.18,
  leastHeightRatio: 0.6,
};
