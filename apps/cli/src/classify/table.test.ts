import type { ReadingClaim } from '@lucency/contracts';
import { expect, it } from 'vitest';
import { claimInWords, typeInWords } from './table.js';

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

it.each([
  ['BACTERIAL', 'Looks more like bacterial pneumonia (75 %) than viral (25 %); a hint only.'],
  ['UNCERTAIN', 'Bacterial or viral: uncertain.'],
] as const)('tells a type that is %s: %s', (says, words) => {
  expect(typeInWords({ normal: 0.2, bacterial: 0.6, viral: 0.2, says })).toBe(words);
});

it('tells a viral type by its own share', () => {
  expect(typeInWords({ normal: 0, bacterial: 0.1, viral: 0.9, says: 'VIRAL' })).toContain(
    'viral pneumonia (90 %) than bacterial (10 %)',
  );
});
