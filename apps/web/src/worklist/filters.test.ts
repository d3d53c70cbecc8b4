import { describe, expect, it } from 'vitest';
import { readFilters, readRows, worklistPath } from './filters';

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

  it('is short where nothing is unusual, and survives being mistyped', () => {
    expect(worklistPath(readFilters(address('/')))).toBe('/');
    for (const rows of ['', '-5', '1e999', 'many', '1.5', '3']) {
      expect(readRows(address(`/?rows=${rows}`))).toBe(25);
    }
  });
});
