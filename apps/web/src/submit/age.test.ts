import { describe, expect, it } from 'vitest';
import { readAge } from './age';

const typed = (years: string, months: string) => readAge({ years, months, unknown: false });

describe('an age that was typed', () => {
  it.each([
    ['1.5', '', 18, '1 year 6 months'],
    ['1,5', '', 18, '1 year 6 months'],
    ['', '18', 18, '1 year 6 months'],
    ['2', '18', 42, '3 years 6 months'],
    ['3', '4', 40, '3 years 4 months'],
    ['0', '', 0, '0 months'],
    [' 7 ', '', 84, '7 years'],
    ['２', '', 24, '2 years'],
    ['.25', '', 3, '3 months'],
    ['150', '', 1800, '150 years'],
  ])('is understood and said in words: %s years, %s months', (years, months, inMonths, words) => {
    expect(typed(years, months)).toEqual({ kind: 'age', months: inMonths, words });
  });

  it.each([
    ['-3.5', '', 'below zero'],
    ['−2', '', 'below zero'],
    ['', '-1', 'below zero'],
    ['200', '', '150 years'],
    ['', '1801', '150 years'],
    ['99999999999999999999', '', '150 years'],
    ['', '1.5', 'whole months'],
    ['1.5', '2', 'whole years'],
    ['1.3', '', 'whole months'],
    ['abc', '', '“abc”'],
    ['3y', '', '“3y”'],
    ['1e2', '', '“1e2”'],
    ['0x10', '', '“0x10”'],
    ['1.2.3', '', '“1.2.3”'],
    ['', '+', '“+”'],
  ])('is said to be wrong rather than turned into another: %s years, %s months', (years, months, why) => {
    expect(typed(years, months)).toMatchObject({ kind: 'wrong', fault: expect.stringContaining(why) });
  });

  it('is neither right nor wrong while nothing is typed, or when it is unknown', () => {
    expect(typed('', ' ').kind).toBe('empty');
    expect(readAge({ years: 'abc', months: '', unknown: true }).kind).toBe('unknown');
  });
});
