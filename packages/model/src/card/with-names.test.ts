import { expect, it } from 'vitest';
import { locateModel } from './locate-model.js';
import { readModelCard } from './model-card.js';
import { readReport } from './read-report.js';

/** Of files of the repository, which were published with `on`, `wanted`, `said` and `was`. */
it('reads cards and reports that were written before their keys had their names', async () => {
  const model = await locateModel();
  const [card, report] = [await readModelCard(model), await readReport(model)];
  for (const { worstSet } of card.operatingPoints) expect(worstSet).toMatch(/./);
  for (const { worstSet, rule } of report?.operatingPoints ?? []) {
    expect(worstSet).toMatch(/./);
    expect(rule).toContain('at least');
  }
  const [bin] = report?.reliability ?? [];
  expect(bin?.meanProbability).toBeGreaterThan(0);
  expect(bin?.observedRate).toMatchObject({ low: expect.any(Number), high: expect.any(Number) });
});
