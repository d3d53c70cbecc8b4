import { coverageOf, lungBox, maskOf, measureLungs } from '@lucency/imaging/lungs';
import type { LungRule } from '@lucency/model/lungs';
import { describe, expect, it } from 'vitest';
import { refusalOf } from './assess.js';
import type { FoundLungs } from './found.js';

const rule: LungRule = {
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

type Box = readonly [left: number, top: number, right: number, bottom: number];
const side = 100;

/** What would be found of such lungs, each pixel as likely as told. */
function found(boxes: readonly Box[], likely = 0.97): FoundLungs {
  const probabilities = new Float32Array(side * side).fill(0.02);
  for (const [left, top, right, bottom] of boxes)
    for (let row = top; row < bottom; row += 1)
      probabilities.fill(likely, row * side + left, row * side + right);
  const mask = maskOf(probabilities, side);
  const measures = measureLungs(probabilities, side);
  return { mask, measures, probabilities, box: lungBox(mask), coverage: coverageOf(mask) };
}

const frontal: readonly Box[] = [
  [15, 20, 40, 80],
  [60, 22, 85, 75],
];

describe('a picture', () => {
  it('is read with the two lungs of a frontal X-ray', () => {
    expect(refusalOf(found(frontal), null, rule)).toBeNull();
  });

  it.each<[what: string, boxes: readonly Box[], likely?: number]>([
    ['nothing', []],
    ['a speck', [[50, 50, 55, 55]]],
    ['something that looks like lungs only so so', frontal, 0.8],
    [
      'two small spots',
      [
        [20, 40, 30, 60],
        [70, 40, 80, 60],
      ],
    ],
    [
      'many parts',
      [
        [5, 5, 30, 30],
        [70, 5, 95, 30],
        [5, 60, 30, 85],
        [70, 60, 95, 85],
      ],
    ],
    [
      'one above the other',
      [
        [15, 10, 45, 40],
        [60, 60, 90, 90],
      ],
    ],
  ])('is refused for want of lungs with %s', (_, boxes, likely) => {
    expect(refusalOf(found(boxes, likely), null, rule)).toBe('NO_LUNGS');
  });

  it('is called a lateral view when both lungs lie on one another', () => {
    expect(refusalOf(found([[25, 15, 75, 85]]), null, rule)).toBe('LATERAL_VIEW');
  });

  it('is called cut off when its lungs end at the edge', () => {
    expect(
      refusalOf(
        found([
          [0, 20, 12, 80],
          [40, 20, 75, 85],
        ]),
        null,
        rule,
      ),
    ).toBe('LUNGS_CUT_OFF');
  });

  it('is asked for upright when the lungs are found with the picture turned', () => {
    expect(refusalOf(found([]), found(frontal), rule)).toBe('TURNED');
    expect(refusalOf(found(frontal), found([]), rule)).toBeNull();
  });
});
