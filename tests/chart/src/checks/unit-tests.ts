import type { Check } from '../check.js';
import { chartFolder } from '../places.js';
import { run } from '../run.js';
import { goTool } from '../tools/go.js';
import { goTools } from '../tools/versions.js';

/** helm-unittest's suites, one a component, in the chart's tests/. */
export const unitTests: Check = {
  name: 'helm-unittest',
  async faults() {
    const { ok, output } = await run(await goTool(goTools.helmUnittest), ['--strict', chartFolder]);
    return ok ? [] : [output];
  },
};
