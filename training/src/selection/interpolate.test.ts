import { expect, it } from 'vitest';
import { interpolate } from './interpolate.js';

const weights = (...values: number[]) =>
  new Map([['a', { shape: [values.length], values: Float32Array.from(values) }]]);

it('goes from one training to the other in a straight line', () => {
  const at = (share: number) => [
    ...(interpolate(weights(0, 4), weights(2, 0), share).get('a')?.values ?? []),
  ];
  expect([at(0), at(0.5), at(1)]).toEqual([
    [0, 4],
    [1, 2],
    [2, 0],
  ]);
});

it('refuses weights of two networks', () => {
  expect(() => interpolate(weights(0), weights(1, 2), 0.5)).toThrow(/not the same/);
});
