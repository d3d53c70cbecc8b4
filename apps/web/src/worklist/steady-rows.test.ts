import { expect, it } from 'vitest';
import { steadyRows } from './steady-rows';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

it('keeps every row in its place and counts what waits among them', () => {
  expect(steadyRows(rows('a', 'b', 'c'), rows('x', 'b', 'y', 'a', 'c'))).toEqual({
    rows: rows('a', 'b', 'c'),
    waiting: 2,
  });
});

it('shows what is new about a row at once, and keeps one that has left', () => {
  const shown = [
    { id: 'a', state: 'NONE' },
    { id: 'b', state: 'NONE' },
  ];
  expect(steadyRows(shown, [{ id: 'b', state: 'CLAIMED' }]).rows).toEqual([
    { id: 'a', state: 'NONE' },
    { id: 'b', state: 'CLAIMED' },
  ]);
});

it('adds what follows behind the last row, which moves nothing', () => {
  expect(steadyRows(rows('a', 'b'), rows('a', 'b', 'c', 'd'))).toEqual({
    rows: rows('a', 'b', 'c', 'd'),
    waiting: 0,
  });
});
