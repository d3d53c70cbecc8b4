import { type OverTime, overTime, type Series } from '@lucency/plots';
import type { Evidence } from '../evidence/evidence.ts';
import { limitsMiB } from '../checks/memory.ts';
import { only } from '../journal/read-journal.ts';
import { serviceLevels } from '../slo.ts';
import { quantile } from '../evidence/quantile.ts';

/** Of the time a plot spans; more would be noise, fewer would hide a spike. */
const windows = 60;

type Point = readonly [x: number, y: number];

/** What a person wants to see of a run: how much came, how long it took, what was turned away, what it needed. */
export function plotsOf(evidence: Evidence): string[] {
  const { startedAt, entries, recorded, processes } = evidence;
  const lastAt = Math.max(
    startedAt + evidence.minutes * 60_000,
    ...recorded.map(({ readAt, createdAt }) => readAt ?? createdAt),
  );
  const seconds = (lastAt - startedAt) / 1000;
  const width = seconds / windows;
  const since = (at: number) => (at - startedAt) / 1000;
  const rate = (name: string, times: readonly number[]): Series => ({
    name,
    drawn: 'line',
    points: times.length === 0 ? [] : perWindow(times.map((at) => [since(at), 1]), width, (ys) => ys.length / width),
  });
  const at95 = (name: string, points: readonly Point[]): Series => ({
    name,
    drawn: 'line',
    points: perWindow(points, width, (ys) => (ys.length > 0 ? quantile(ys, 0.95) : null)),
  });
  const acknowledged = only(entries, 'acknowledged');
  const waits = (stat: boolean): Point[] =>
    recorded.flatMap((study) =>
      study.stat === stat && study.readAt !== null
        ? [[since(study.createdAt), (study.readAt - study.createdAt) / 1000] as const]
        : [],
    );
  const plots: OverTime[] = [
    {
      title: 'Studies',
      unit: 'a second',
      seconds,
      series: [
        rate('acknowledged', acknowledged.map(({ at }) => at)),
        rate('read', recorded.flatMap(({ readAt }) => readAt ?? [])),
        rate('turned away (tries)', only(entries, 'turnedAway').map(({ at }) => at)),
        rate('errors', only(entries, 'error').map(({ at }) => at)),
      ],
    },
    {
      title: 'From submission to reading, each study',
      unit: 'seconds, by the time of submission',
      seconds,
      series: [
        { name: 'routine', drawn: 'dots', points: waits(false) },
        { name: 'STAT', drawn: 'dots', points: waits(true) },
      ],
      limits: [
        { name: 'routine p95 by the service level', y: serviceLevels.routineResult.p95Ms / 1000 },
        { name: 'STAT p95', y: serviceLevels.statResult.p95Ms / 1000 },
      ],
    },
    {
      title: 'Upload acknowledged, 95th percentile',
      unit: 'milliseconds',
      seconds,
      series: [at95('upload acknowledged', acknowledged.map(({ at, ms }) => [since(at), ms]))],
      limits: [{ name: 'service level', y: serviceLevels.uploadAcknowledged.p95Ms }],
    },
    {
      title: 'Subscriptions back after',
      unit: 'milliseconds',
      seconds,
      series: [
        { name: 'subscribed', drawn: 'dots', points: only(entries, 'subscribed').map(({ at, ms }) => [since(at), ms]) },
      ],
    },
    {
      title: 'Memory',
      unit: 'MiB resident',
      seconds,
      series: Object.keys(limitsMiB).map((name) => ({
        name,
        drawn: 'line',
        points: processes.flatMap(({ at, residentMiB }) => {
          const size = residentMiB[name];
          return size === undefined || at < startedAt ? [] : [[since(at), size] as const];
        }),
      })),
    },
    {
      title: 'Load average of the machine, generator and strangers included',
      unit: 'runnable processes',
      seconds,
      series: [
        {
          name: 'load average',
          drawn: 'line',
          points: processes.flatMap(({ at, loadAverage }) => (at < startedAt ? [] : [[since(at), loadAverage] as const])),
        },
      ],
    },
  ];
  return plots.map(overTime).filter(Boolean);
}

/** Gathers points into windows of `width` seconds; null leaves a window out. */
function perWindow(
  points: readonly Point[],
  width: number,
  measure: (ys: number[]) => number | null,
): Point[] {
  const gathered = Array.from({ length: windows }, (): number[] => []);
  for (const [x, y] of points) gathered[Math.min(windows - 1, Math.max(0, Math.floor(x / width)))]?.push(y);
  return gathered.flatMap((ys, index) => {
    const measured = measure(ys);
    return measured === null ? [] : [[(index + 0.5) * width, measured] as const];
  });
}
