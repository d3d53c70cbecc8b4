import { expect, it } from 'vitest';
import { detailWords, whoOf } from './words';

it('names the person, or the part of the service that did it', () => {
  expect(whoOf({ person: { name: 'Technologist' }, part: null })).toBe('Technologist');
  expect(whoOf({ person: null, part: 'recorder' })).toBe('Lucency (recorder)');
});

it('shows of the details what a person can read', () => {
  const details = [
    { name: 'image', value: '7f1d' },
    { name: 'model', value: 'lungs-1' },
    { name: 'changed', value: '' },
  ];
  expect(detailWords(details)).toBe('model: lungs-1');
});
