import { describe, expect, it } from 'vitest';
import { show, wordsOf } from '../testing/show';
import { type AgeAnswer, noAge, readAge } from './age';
import { AgeFields } from './age-fields';
import { AgeRangeHint } from './age-range-hint';

const model = {
  model: {
    __typename: 'Model',
    id: 'model-1',
    ageRangeMonths: { __typename: 'AgeRange', from: 12, to: 71 },
  },
};

const hinted = (age: Partial<AgeAnswer>) => {
  const place = show(<AgeRangeHint age={readAge({ ...noAge, ...age })} />, model);
  return () => wordsOf(place);
};

describe('the age of a patient', () => {
  it.each([
    [{ years: '1.5' }, '1 year 6 months'],
    [{ years: '2', months: '2' }, '2 years 2 months'],
    [{ months: '0' }, '0 months'],
  ])('%o is echoed in words', (typed, echo) => {
    const place = show(
      <AgeFields age={{ ...noAge, ...typed }} fault={undefined} onChange={() => undefined} />,
    );
    expect(wordsOf(place.querySelector('[aria-live]'))).toBe(echo);
  });

  it('outside those that the model was trained on is warned of before anything is sent', async () => {
    const warning =
      'the answer will carry a warning: the model was trained on patients from 1 year to 5 years 11 months.';
    await expect.poll(hinted({ years: '45' })).toBe(`At this age ${warning}`);
    await expect.poll(hinted({ months: '11' })).toBe(`At this age ${warning}`);
    await expect.poll(hinted({ unknown: true })).toBe(`Without an age ${warning}`);
  });

  it('within them is not', async () => {
    const words = hinted({ years: '1' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(words()).toBe('');
  });
});
