import { normal, seededRandom } from '@lucency/statistics';
import { expect, it } from 'vitest';
import { principalComponents } from './principal-components.js';

it('finds the directions that rows vary in, the strongest first', () => {
  const random = seededRandom(3);
  const rows = Array.from({ length: 2000 }, () => {
    const [strong, weak] = [3 * normal(random), normal(random)];
    return [5 + 0.6 * strong + 0.8 * weak, 0.8 * strong - 0.6 * weak, 1];
  });
  const [first, second] = principalComponents(rows, [5, 0, 1], 2);
  expect(first?.deviation).toBeCloseTo(3, 0);
  expect(second?.deviation).toBeCloseTo(1, 0);
  expect(Math.abs(first?.direction[0] ?? 0)).toBeCloseTo(0.6, 1);
  expect(Math.abs(first?.direction[1] ?? 0)).toBeCloseTo(0.8, 1);
  expect(first?.direction[2]).toBeCloseTo(0, 6);
});
