import { describe, expect, it } from 'vitest';
import { readFilters, readRows, withState, worklistPath } from './filters';

const address = (path: string) => new URL(path, 'http://portal.test').searchParams;

describe("the worklist's address", () => {
  it('brings back the filters and as many rows as were loaded', () => {
    const filters = readFilters(
      address('/?state=suspected&priority=stat&reference=P-1+2&order=OLDEST_FIRST'),
    );
    const path = worklistPath(filters, 75);
    expect(readFilters(address(path))).toEqual(filters);
    expect(readRows(address(path))).toBe(75);
  });

  it('puts what waits for a review in the order of urgency, unless another was chosen', () => {
    const toReview = readFilters(address('/?state=unreviewed'));
    expect(toReview.order).toBe('MOST_URGENT_FIRST');
    expect(worklistPath(toReview)).toBe('/?state=unreviewed');
    expect(withState(toReview, 'all').order).toBe('NEWEST_FIRST');
    expect(withState(withState(toReview, 'all'), 'unreviewed')).toEqual(toReview);
    const chosen = readFilters(address('/?state=unreviewed&order=NEWEST_FIRST'));
    expect(readFilters(address(worklistPath(chosen)))).toEqual(chosen);
    expect(withState({ ...chosen, order: 'OLDEST_FIRST' }, 'all').order).toBe('OLDEST_FIRST');
  });

  it('is short where nothing is unusual, and survives being mistyped', () => {
    expect(worklistPath(readFilters(address('/')))).toBe('/');
    for (const rows of ['', '-5', '1e999', 'many', '1.5', '3']) {
      expect(readRows(address(`/?rows=${rows}`))).toBe(25);
    }
  });
});
