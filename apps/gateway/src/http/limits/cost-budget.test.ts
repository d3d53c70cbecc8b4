import { expect, it } from 'vitest';
import { CostBudget } from './cost-budget.js';

it('lets a client spend its burst, then says when there is enough again', () => {
  const budget = new CostBudget({ burst: 100, perSecond: 10 });
  expect(budget.spend('a', 100, 0)).toBe(0);
  expect(budget.spend('a', 50, 0)).toBe(5);
  expect(budget.spend('b', 50, 0)).toBe(0);
  expect(budget.spend('a', 50, 5_000)).toBe(0);
});
