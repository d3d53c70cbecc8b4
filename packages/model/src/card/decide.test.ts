import { describe, expect, it } from 'vitest';
import { ageWithinRange, claim, decide } from './decide.js';
import type { ConformalLevel } from './model-card.js';

const identity = { method: 'identity' } as const;
const conformal: ConformalLevel[] = [];

describe('a decision', () => {
  it('is pneumonia from the threshold on', () => {
    expect(decide(0, { calibration: identity, threshold: 0.5, conformal }).decision).toBe('PNEUMONIA');
    expect(decide(-1e-9, { calibration: identity, threshold: 0.5, conformal }).decision).toBe('NORMAL');
  });

  it('compares the calibrated probability with the threshold', () => {
    const card = {
      calibration: { method: 'temperature', temperature: 2 },
      threshold: 0.8,
      conformal,
    } as const;
    const { probability, decision } = decide(2, card);
    expect(probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(decision).toBe('NORMAL');
    const platt = {
      calibration: { method: 'platt', slope: 2, offset: 1 },
      threshold: 0.8,
      conformal,
    } as const;
    expect(decide(2, platt).probability).toBeCloseTo(1 / (1 + Math.exp(-5)), 12);
  });

  it('stays a probability for any logit', () => {
    for (const logit of [-1e4, 1e4])
      expect([0, 1]).toContain(
        decide(logit, { calibration: identity, threshold: 0.5, conformal }).probability,
      );
  });
});

describe('a claim', () => {
  it('is the only class in the set, and nothing where both or none are', () => {
    const wide = { coverage: 0.95, normalUpTo: 0.6, pneumoniaFrom: 0.4 };
    expect([0.1, 0.5, 0.9].map((probability) => claim(probability, wide))).toEqual([
      'NORMAL',
      'CANNOT_TELL',
      'PNEUMONIA',
    ]);
    expect(claim(0.5, { coverage: 0.9, normalUpTo: 0.3, pneumoniaFrom: 0.7 })).toBe('CANNOT_TELL');
  });

  it('comes with every decision at each coverage of the card, the most cautious first', () => {
    const levels = [
      { coverage: 0.9, normalUpTo: 0.4, pneumoniaFrom: 0.4, source: 'a hospital' },
      { coverage: 0.95, normalUpTo: 0.6, pneumoniaFrom: 0.4 },
    ];
    const card = { calibration: identity, threshold: 0.5, conformal: levels };
    expect(decide(0, card)).toMatchObject({
      decision: 'PNEUMONIA',
      claims: [
        { coverage: 0.95, says: 'CANNOT_TELL', source: null },
        { coverage: 0.9, says: 'PNEUMONIA', source: 'a hospital' },
      ],
    });
  });
});

describe('the age range', () => {
  const card = { ageRangeMonths: { from: 12, to: 71 } };
  it('holds both of its ends', () => {
    expect([11, 12, 71, 72].map((months) => ageWithinRange(card, months))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
  it('holds nobody of unknown age', () => {
    expect(ageWithinRange(card, null)).toBe(false);
  });
});
