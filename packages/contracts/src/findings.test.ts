import { describe, expect, it } from 'vitest';
import { claimOf, sharesOfTypes } from './findings.js';
import type { ReadingClaim } from './results.js';

const reading = (decision: 'NORMAL' | 'PNEUMONIA', ...says: ReadingClaim['says'][]) => ({
  decision,
  claims: says.map((each, index) => ({ coverage: [0.95, 0.9][index] ?? 0, says: each })),
});

describe('what a reading claims', () => {
  it('is one statement: the most cautious standard that leaves a single answer', () => {
    const firm = { kind: 'single', says: 'NORMAL', coverage: 0.95, isFirm: true };
    expect(claimOf(reading('NORMAL', 'NORMAL', 'NORMAL'))).toEqual(firm);
    expect(claimOf(reading('NORMAL', 'NORMAL', 'CANNOT_TELL'))).toEqual(firm);
    expect(claimOf(reading('PNEUMONIA', 'CANNOT_TELL', 'PNEUMONIA'))).toEqual({
      kind: 'single',
      says: 'PNEUMONIA',
      coverage: 0.9,
      isFirm: false,
    });
  });

  it('is the same in whatever order the standards come', () => {
    const { claims, decision } = reading('NORMAL', 'NORMAL', 'CANNOT_TELL');
    expect(claimOf({ claims: claims.toReversed(), decision })).toMatchObject({ coverage: 0.95 });
  });

  it('is uncertain where no standard leaves a single answer, or only one against the decision', () => {
    for (const open of [
      reading('NORMAL', 'CANNOT_TELL', 'CANNOT_TELL'),
      reading('NORMAL', 'CANNOT_TELL', 'PNEUMONIA'),
      reading('PNEUMONIA', 'NORMAL', 'PNEUMONIA'),
    ])
      expect(claimOf(open)).toEqual({ kind: 'uncertain', coverage: 0.9 });
  });

  it('is nothing without claims, as outside the intended use', () => {
    expect(claimOf(reading('NORMAL'))).toBeNull();
  });
});

describe('the types of a pneumonia', () => {
  it('have shares of each other, whatever is told of a normal image', () => {
    const shares = sharesOfTypes({ bacterial: 0.6, viral: 0.2 });
    expect([shares.bacterial, shares.viral]).toEqual([expect.closeTo(0.75), expect.closeTo(0.25)]);
    expect(sharesOfTypes({ bacterial: 0, viral: 0 })).toEqual({ bacterial: 0.5, viral: 0.5 });
  });
});
