import { expect, it } from 'vitest';
import { auditPath, everything, exportPath, readFilters, toAuditFilter } from './filters';

const filters = {
  ...everything,
  kind: 'views',
  object: 'U3R1ZHk6MQ',
  from: '2026-11-01',
  to: '2026-11-30',
} as const;

it('comes back from the address as it went there', () => {
  const query = new URLSearchParams(auditPath(filters).split('?')[1]);
  expect(readFilters(query)).toEqual(filters);
  expect(auditPath(everything)).toBe('/audit');
});

it('asks for whole days, the last one included', () => {
  const { from, before } = toAuditFilter(filters);
  expect(new Date(from ?? '').getTime()).toBe(new Date(2026, 10, 1).getTime());
  expect(new Date(before ?? '').getTime()).toBe(new Date(2026, 11, 1).getTime());
});

it('exports what is shown, with lists repeated', () => {
  const query = new URLSearchParams(exportPath(filters).split('?')[1]);
  expect(query.getAll('actions')).toEqual(['IMAGE_VIEWED', 'ORIGINAL_FETCHED', 'HEATMAP_VIEWED']);
  expect(query.get('objectId')).toBe('U3R1ZHk6MQ');
});

it('takes no day that is none', () => {
  expect(readFilters(new URLSearchParams('from=2026-13-45&to=soon&kind=else'))).toEqual(everything);
});
