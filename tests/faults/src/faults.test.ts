import { describe, expect, it } from 'vitest';
import { perform } from './experiments/experiment.js';
import { experiments } from './experiments/index.js';

/** The small version; `npm run faults` does each with more studies and more faults. */
const load = { studies: 12, faults: 2 };

describe('faults', () => {
  for (const experiment of experiments) {
    const { promise, lacks = '' } = experiment;
    it.skipIf(lacks)(
      `${promise}${lacks}`,
      async () => {
        const outcome = await perform(experiment, load);
        expect(outcome.problems).toEqual([]);
        expect(outcome.acknowledged).toBeGreaterThanOrEqual(load.studies);
      },
      300_000,
    );
  }
});
