import { z } from 'zod';
import type { Check } from '../check.js';
import { render } from '../helm.js';
import { type Manifest, workloadsOf } from '../manifest.js';
import { faultsOf } from '../pod-rules.js';
import { valueSets } from '../value-sets.js';

const component = 'app.kubernetes.io/component';
const policy = z.looseObject({
  podSelector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }),
});

/** Every pod of every set, looked at one by one. */
export const pods: Check[] = valueSets.map((values) => ({
  name: `pods, restricted and isolated: ${values.name}`,
  async faults() {
    const { manifests } = await render(values);
    const guarded = componentsWithPolicy(manifests);
    return workloadsOf(manifests).flatMap((workload) => {
      const own = workload.labels[component] ?? '';
      const network = guarded.has(own) ? [] : ['has no NetworkPolicy of its own'];
      return [...faultsOf(workload), ...network].map((fault) => `${workload.name} ${fault}`);
    });
  },
}));

function componentsWithPolicy(manifests: readonly Manifest[]): Set<string | undefined> {
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  return new Set(policies.map(({ spec }) => policy.parse(spec).podSelector.matchLabels[component]));
}
