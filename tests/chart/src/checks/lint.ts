import type { Check } from '../check.js';
import { helm } from '../helm.js';
import { type ValueSet, valueSets } from '../value-sets.js';

/** Helm's own linter, warnings counting. */
export const lint: Check[] = valueSets.map((values: ValueSet) => ({
  name: `helm lint: ${values.name}`,
  async faults() {
    const { ok, output } = await helm(['lint', '--strict', '--quiet'], values);
    return ok ? [] : [output];
  },
}));
