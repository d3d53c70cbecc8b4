import type { Check } from '../evidence/evidence.ts';
import { quantile } from '../evidence/quantile.ts';

/** What the chart allows each before Kubernetes ends it: `limits.memory` in deploy/helm/lucency/values.yaml. */
export const limitsMiB: Record<string, number> = {
  gateway: 768,
  inference: 1536,
  explain: 1280,
  'nats-server': 512,
};

const growthAllowed = 1.2;
/** Below that, caches and pools are still filling. */
const growthJudgedFromMinutes = 10;

/** No service takes more than the chart gives it, and in a long load none keeps growing. */
export const boundedMemory: Check = ({ processes, minutes }) =>
  Object.entries(limitsMiB).flatMap(([name, limit]) => {
    const sizes = processes.flatMap(({ residentMiB }) => residentMiB[name] ?? []);
    // Somewhere else: its own dashboards tell.
    if (sizes.length === 0) return [];
    const peak = Math.max(...sizes);
    const judgements = [
      {
        what: `memory of ${name}, peak`,
        wanted: `< ${limit} MiB`,
        measured: `${Math.round(peak)} MiB`,
        ok: peak < limit,
      },
    ];
    if (minutes < growthJudgedFromMinutes) return judgements;
    const quarter = Math.ceil(sizes.length / 4);
    const early = quantile(sizes.slice(quarter, 2 * quarter), 0.5);
    const late = quantile(sizes.slice(-quarter), 0.5);
    judgements.push({
      what: `memory of ${name}, last quarter over second`,
      wanted: `< ${growthAllowed}`,
      measured: (late / early).toFixed(2),
      ok: late / early < growthAllowed,
    });
    return judgements;
  });
