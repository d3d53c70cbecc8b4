import { quantile } from '@lucency/bench/benchmark';
import type { Priority } from '@lucency/contracts';
import { seconds } from '../report/figures.js';
import type { Study } from '../workers/job.js';

export const tolerance = 0.3;

/** One figure on both sides, in seconds: the medians over all runs. */
export interface Agreement {
  readonly name: string;
  readonly real: number;
  readonly simulated: number;
  readonly within: boolean;
}

const figures: readonly { name: string; priority: Priority; until: 'readAt' | 'drawnAt'; share: number }[] = (
  ['STAT', 'ROUTINE'] as const
).flatMap((priority) =>
  (['readAt', 'drawnAt'] as const).flatMap((until) =>
    [0.5, 0.95].map((share) => ({
      name: `${priority} ${until === 'readAt' ? 'reading' : 'heatmap'} p${share * 100}`,
      priority,
      until,
      share,
    })),
  ),
);

/** @param runs the same arrivals through the platform and through the simulator. */
export function agreements(
  runs: readonly { real: readonly Study[]; simulated: readonly Study[] }[],
): Agreement[] {
  return figures.map(({ name, priority, until, share }) => {
    const figure = (studies: readonly Study[]) =>
      quantile(studies.filter((study) => study.priority === priority).map(seconds(until)), share);
    const [real, simulated] = [
      quantile(
        runs.map((run) => figure(run.real)),
        0.5,
      ),
      quantile(
        runs.map((run) => figure(run.simulated)),
        0.5,
      ),
    ];
    return { name, real, simulated, within: Math.abs(simulated / real - 1) <= tolerance };
  });
}
