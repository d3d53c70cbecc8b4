import type { ReadingClaim } from '@lucency/messaging';
import { expect, it } from 'vitest';
import { claimInWords } from './table.js';

const claims = (...says: ReadingClaim['says'][]) =>
  says.map((each, index) => ({ coverage: [0.95, 0.9][index] ?? 0, says: each, source: null }));

it.each([
  [claims('NORMAL', 'CANNOT_TELL'), 'NORMAL', 'normal at 95 %'],
  [claims('CANNOT_TELL', 'PNEUMONIA'), 'PNEUMONIA', 'pneumonia at 90 %'],
  [claims('CANNOT_TELL', 'CANNOT_TELL'), 'PNEUMONIA', 'uncertain'],
  [[], 'NORMAL', '–'],
] as const)('makes one statement of %j for %s: %s', (given, decision, words) => {
  expect(claimInWords({ claims: [...given], decision })).toBe(words);
});
