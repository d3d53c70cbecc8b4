import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Evidence, Judgement } from '../evidence/evidence.ts';
import { metric } from '../slo.ts';
import { quantile } from '../evidence/quantile.ts';

const figures = z.object({ count: z.number(), median: z.number(), p95: z.number(), p99: z.number(), max: z.number() });
const judgement = z.object({
  what: z.string(),
  wanted: z.string(),
  measured: z.string(),
  ok: z.boolean(),
  decides: z.boolean(),
});

/** What is kept of a run, and what a later one is compared with. Times in milliseconds. */
export const reportSchema = z.object({
  load: z.string(),
  startedAt: z.iso.datetime(),
  minutes: z.number(),
  capacity: z.number(),
  machine: z.string(),
  k6: z.string(),
  passed: z.boolean(),
  verdict: z.array(judgement),
  times: z.record(z.string(), figures),
  /** Studies a second. */
  rates: z.object({ acknowledged: z.number(), mostRead: z.number() }),
  turnedAway: z.record(z.string(), z.number()),
  errors: z.record(z.string(), z.number()),
  /** What runs on the generator's machine, by name. Processor time is all that was spent in the run, over its studies. */
  services: z
    .record(z.string(), z.object({ usualMiB: z.number(), mostMiB: z.number(), computingMsPerStudy: z.number() }))
    // Reports of before, which a later run may be compared with, do not have it.
    .default({}),
  /** Arrivals that the generator could not start in time. */
  dropped: z.number(),
  oracle: z.object({
    acknowledged: z.number(),
    lost: z.number(),
    doubled: z.number(),
    open: z.number(),
    untold: z.number(),
    states: z.record(z.string(), z.number()),
  }),
});

export type Report = z.infer<typeof reportSchema>;
export type Figures = z.infer<typeof figures>;

const timeMetrics = [
  metric.uploadAcknowledged,
  metric.statResult,
  metric.routineResult,
  metric.worklistShown,
  metric.subscribed,
  metric.imageShown,
];

export function reportOf(
  evidence: Evidence,
  verdict: Judgement[],
  where: Pick<Report, 'machine' | 'k6' | 'capacity'>,
): Report {
  const { load, minutes, startedAt, entries, recorded, oracle, summary } = evidence;
  const times: Record<string, Figures> = {};
  for (const name of timeMetrics) {
    const { count, med = 0, max = 0, ...values } = summary.metrics[name]?.values ?? {};
    if (count) times[name] = { count, median: med, p95: values['p(95)'] ?? 0, p99: values['p(99)'] ?? 0, max };
  }
  const waits = recorded.flatMap(({ readAt, createdAt }) => (readAt === null ? [] : [readAt - createdAt]));
  if (waits.length > 0) {
    times.result_recorded = {
      count: waits.length,
      median: quantile(waits, 0.5),
      p95: quantile(waits, 0.95),
      p99: quantile(waits, 0.99),
      max: quantile(waits, 1),
    };
  }
  return {
    load: load.name,
    startedAt: new Date(startedAt).toISOString(),
    minutes,
    ...where,
    passed: verdict.every(({ ok, decides }) => ok || !decides),
    verdict,
    times,
    rates: {
      acknowledged: oracle.acknowledged / (minutes * 60),
      mostRead: mostAtOnce(recorded.flatMap(({ readAt }) => readAt ?? [])),
    },
    turnedAway: countBy(entries.flatMap((entry) => (entry.is === 'turnedAway' ? entry.code : []))),
    errors: countBy(entries.flatMap((entry) => (entry.is === 'error' ? `${entry.during}: ${entry.code}` : []))),
    services: servicesOf(evidence),
    dropped: summary.metrics.dropped_iterations?.values.count ?? 0,
    oracle,
  };
}

function servicesOf({ processes, oracle }: Evidence): Report['services'] {
  const [first, last] = [processes[0], processes.at(-1)];
  const names = Object.keys(last?.residentMiB ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const sizes = processes.flatMap(({ residentMiB }) => residentMiB[name] ?? []);
      const seconds = (last?.computedSeconds[name] ?? 0) - (first?.computedSeconds[name] ?? 0);
      return [
        name,
        {
          usualMiB: Math.round(quantile(sizes, 0.5)),
          mostMiB: Math.round(Math.max(...sizes)),
          computingMsPerStudy: Math.round((10_000 * seconds) / Math.max(1, oracle.acknowledged)) / 10,
        },
      ];
    }),
  );
}

export async function readReport(file: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

const windowMs = 20_000;

/** The most a second in any twenty seconds. */
export function mostAtOnce(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  sorted.forEach((time, last) => {
    while (time - (sorted[first] ?? time) > windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most / (windowMs / 1000);
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
