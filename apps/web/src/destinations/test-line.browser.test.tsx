import { expect, it } from 'vitest';
import { deliveryWith, unreachable } from '../testing/delivery';
import { show, wordsOf } from '../testing/show';
import { TestLine } from './test-line';

const echo = deliveryWith({ content: 'ECHO', study: null, image: null });
const said = (test: typeof echo | null | undefined, isOutdated = false, problem?: string) =>
  wordsOf(show(<TestLine test={test} problem={problem} isOutdated={isOutdated} />));

it('of a destination says how its latest test went, and why it failed', () => {
  expect(said(undefined)).toBe('');
  expect(said(null)).toBe('Not tested yet');
  expect(said({ ...echo, state: 'DELIVERED', tries: 1 })).toBe('Answered');
  expect(said({ ...echo, state: 'FAILED', tries: 1, reason: unreachable })).toBe(
    `Failed ${unreachable.message}`,
  );
});

it('says that a test is under way, and whose fault it is when nobody takes it', () => {
  expect(said({ ...echo, createdAt: new Date().toISOString() })).toBe('Testing …');
  const old = { ...echo, createdAt: '2020-03-02T10:00:00Z' };
  expect(said(old)).toContain('The sending service has not taken the test yet.');
  expect(said({ ...old, tries: 1 })).toBe('Testing …');
});

it('says nothing of a test before the last change, and why another could not be asked for', () => {
  expect(said({ ...echo, state: 'DELIVERED' }, true)).toBe('Changed since the last test');
  expect(said(null, false, 'Lucency cannot be reached.')).toBe('Lucency cannot be reached.');
});
