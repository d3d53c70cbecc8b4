import { describe, expect, it } from 'vitest';
import {
  deliveriesPath,
  isFiltered,
  newest,
  readFilters,
  readPlace,
  toDeliveryFilter,
  toPage,
  whatFailed,
} from './filters';

const address = (path: string) => new URL(path, 'http://portal.test').searchParams;

describe('the address of the deliveries', () => {
  it('brings back filters and place', () => {
    const filters = { state: 'waiting', destination: 'D1', content: 'heatmap' } as const;
    const path = deliveriesPath(filters, { after: 'C+1', before: null });
    expect(readFilters(address(path))).toEqual(filters);
    expect(readPlace(address(path))).toEqual({ after: 'C+1', before: null });
    expect(readPlace(address(deliveriesPath(filters, { after: null, before: 'C2' })))).toEqual({
      after: null,
      before: 'C2',
    });
  });

  it('is short where nothing is unusual, and survives being mistyped', () => {
    expect(deliveriesPath(readFilters(address('/deliveries?state=none&content=')))).toBe('/deliveries');
    expect(readPlace(address('/deliveries'))).toEqual(newest);
    expect(isFiltered(readFilters(address('/deliveries')))).toBe(false);
  });

  it('of what failed asks for that alone, and never for tests unless they are wanted', () => {
    expect(toDeliveryFilter(whatFailed)).toEqual({
      states: ['FAILED'],
      contents: ['RESULT', 'HEATMAP', 'REVIEW'],
    });
    expect(toDeliveryFilter(readFilters(address('/deliveries?content=test')))).toEqual({
      contents: ['ECHO'],
    });
  });

  it('goes forward and back by pages of one size', () => {
    expect(toPage({ after: 'C', before: null })).toEqual({ first: 25, after: 'C' });
    expect(toPage({ after: null, before: 'C' })).toEqual({ last: 25, before: 'C' });
  });
});
