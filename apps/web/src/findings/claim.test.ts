import { expect, it } from 'vitest';
import { claimInShort, wrongPerHundred } from './claim';

type Says = 'NORMAL' | 'PNEUMONIA' | 'CANNOT_TELL';
const reading = (decision: 'NORMAL' | 'PNEUMONIA', at95: Says, at90: Says) => ({
  decision,
  claims: [
    { coverage: 0.95, says: at95 },
    { coverage: 0.9, says: at90 },
  ],
});

it('qualifies a verdict in a list where its claim is not firm', () => {
  expect(claimInShort(reading('NORMAL', 'NORMAL', 'CANNOT_TELL'))).toBeNull();
  expect(claimInShort(reading('PNEUMONIA', 'CANNOT_TELL', 'PNEUMONIA'))).toBe('less certain');
  expect(claimInShort(reading('NORMAL', 'CANNOT_TELL', 'PNEUMONIA'))).toBe('uncertain');
  expect(claimInShort({ decision: 'NORMAL', claims: [] })).toBeNull();
});

it('says how often a claim may be wrong, in whole patients of a hundred', () => {
  expect([0.95, 0.9].map((coverage) => wrongPerHundred({ coverage }))).toEqual([5, 10]);
});
