import { expect, it } from 'vitest';
import { opinionInWords, suggestedFinding } from './words';

it('suggests what follows from an opinion of the answer, and nothing to whoever is uncertain', () => {
  expect(suggestedFinding('AGREE', 'PNEUMONIA')).toBe('PNEUMONIA');
  expect(suggestedFinding('AGREE', 'NORMAL')).toBe('NORMAL');
  expect(suggestedFinding('DISAGREE', 'PNEUMONIA')).toBe('NORMAL');
  expect(suggestedFinding('DISAGREE', 'NORMAL')).toBe('PNEUMONIA');
  expect(suggestedFinding('UNCERTAIN', 'PNEUMONIA')).toBeNull();
  expect(suggestedFinding('AGREE', null)).toBeNull();
});

it('says with what a reviewer agreed, and nothing where there was no answer', () => {
  expect(opinionInWords('DISAGREE', 'NORMAL')).toBe('Disagrees with the AI (not suspected)');
  expect(opinionInWords('AGREE', null)).toBeNull();
});
