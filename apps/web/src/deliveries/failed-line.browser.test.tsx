import { expect, it } from 'vitest';
import { show, wordsOf } from '../testing/show';
import { FailedLine } from './failed-line';

const nothing = () => undefined;
const said = (failed: { count: number; hasMore: boolean } | undefined, areShown = false) =>
  wordsOf(show(<FailedLine failed={failed} areShown={areShown} onShow={nothing} onShowAll={nothing} />));

it('says how many deliveries failed, and offers to show them or all again', () => {
  expect(said({ count: 0, hasMore: false })).toBe('Nothing failed');
  expect(said({ count: 1, hasMore: false })).toBe('1 delivery failed Show failed');
  expect(said({ count: 12, hasMore: false }, true)).toBe('12 deliveries failed Show all');
  expect(said({ count: 100, hasMore: true })).toBe('100 or more deliveries failed Show failed');
});

it('keeps its place while the number is not known', () => {
  const height = () => document.querySelector('[role="status"]')?.getBoundingClientRect().height;
  expect(said(undefined)).toBe('');
  const before = height();
  said({ count: 3, hasMore: false });
  expect(height()).toBe(before);
});
