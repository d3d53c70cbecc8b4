import { describe, expect, it } from 'vitest';
import { perform } from './experiments/experiment.js';
import { experiments } from './experiments/index.js';

/** The small version; `npm run faults` does each with more studies and more faults. */
const load = { studies: 12, faults: 2 };

describe('faults', () => {
  it.each(experiments.map((experiment) => [experiment.promise, experiment] as const))(
    '%s',
    async (_promise, experiment) => {
      const outcome = await perform(experiment, load);
      expect(outcome.problems).toEqual([]);
      expect(outcome.acknowledged).toBeGreaterThanOrEqual(load.studies);
    },
    240_000,
  );
});
