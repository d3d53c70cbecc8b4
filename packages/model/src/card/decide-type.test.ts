import { describe, expect, it } from 'vitest';
import { decideType } from './decide-type.js';

const types = {
  classes: ['NORMAL', 'BACTERIAL', 'VIRAL'],
  temperature: 2,
  bacterialFrom: 0.7,
  viralFrom: 0.8,
} as const;
const card = { types: { ...types, classes: [...types.classes] satisfies [string, string, string] } };
const of = (...logits: number[]) => decideType(Float32Array.from(logits), card);

describe('the type of a pneumonia', () => {
  it('comes with probabilities that sum to 1, the logits divided by the temperature', () => {
    const hint = of(0, 2, -2);
    expect(hint?.bacterial).toBeCloseTo(Math.E / (1 + Math.E + 1 / Math.E), 6);
    expect((hint?.normal ?? 0) + (hint?.bacterial ?? 0) + (hint?.viral ?? 0)).toBeCloseTo(1, 12);
  });

  it('is named from its own bound of the share of both types on, and is uncertain between', () => {
    const shared = (share: number) => of(9, 2 * Math.log(share / (1 - share)), 0)?.says;
    expect([0.71, 0.69, 0.5, 0.21, 0.19].map(shared)).toEqual([
      'BACTERIAL',
      'UNCERTAIN',
      'UNCERTAIN',
      'UNCERTAIN',
      'VIRAL',
    ]);
  });

  it('stays a number for any logits', () => {
    expect(of(-1e4, 1e4, 1e4)).toMatchObject({ bacterial: 0.5, viral: 0.5, says: 'UNCERTAIN' });
  });

  it('is nothing where the model tells none apart', () => {
    expect(decideType(null, card)).toBeNull();
    expect(decideType(Float32Array.of(0, 1, 2), {})).toBeNull();
  });
});
