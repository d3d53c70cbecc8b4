import { expect, it } from 'vitest';
import { waitingInWords } from './waiting-time';

it('says how long a study has waited, in minutes, hours and days', () => {
  const minutes = (count: number) => waitingInWords(count * 60_000);
  expect(minutes(0.9)).toBe('under 1 min');
  expect(minutes(59.9)).toBe('59 min');
  expect(minutes(65)).toBe('1 h 05 min');
  expect(minutes(26 * 60 + 10)).toBe('1 d 2 h');
  expect(minutes(-3)).toBe('under 1 min');
});
