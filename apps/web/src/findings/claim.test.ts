import { describe, expect, it } from 'vitest';
import { claimInShort, claimOf } from './claim';

type Says = 'NORMAL' | 'PNEUMONIA' | 'CANNOT_TELL';
const reading = (decision: 'NORMAL' | 'PNEUMONIA', at95: Says, at90: Says) => ({
  decision,
  claims: [
    { coverage: 0.95, says: at95 },
    { coverage: 0.9, says: at90 },
  ],
});

describe('what a reading claims', () => {
  it('is one statement: the most cautious standard that leaves a single answer', () => {
    const both = reading('NORMAL', 'NORMAL', 'CANNOT_TELL');
    expect(claimOf(both)).toEqual({ kind: 'single', answer: 'Normal', wrongPerHundred: 5, isFirm: true });
    expect(claimInShort(both)).toBeNull();

    const lax = reading('PNEUMONIA', 'CANNOT_TELL', 'PNEUMONIA');
    expect(claimOf(lax)).toEqual({ kind: 'single', answer: 'Pneumonia', wrongPerHundred: 10, isFirm: false });
    expect(claimInShort(lax)).toBe('less certain');
  });

  it('is uncertain where no standard leaves a single answer, or only one against the decision', () => {
    const open = reading('NORMAL', 'CANNOT_TELL', 'CANNOT_TELL');
    const against = reading('NORMAL', 'CANNOT_TELL', 'PNEUMONIA');
    for (const one of [open, against]) {
      expect(claimOf(one)).toEqual({ kind: 'uncertain', wrongPerHundred: 10 });
      expect(claimInShort(one)).toBe('uncertain');
    }
  });

  it('is nothing without claims, as outside the intended use', () => {
    expect(claimOf({ decision: 'NORMAL', claims: [] })).toBeNull();
  });
});
