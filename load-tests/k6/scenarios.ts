import type { Scenario } from 'k6/options';
import { burstSize, type Crowd, type Load, type Stage } from '../src/loads/load.ts';

/** More would measure the generator. What cannot start then is counted by k6 as dropped. */
const maxVUs = 300;
/** Longer than the slowest iteration: a minute of tries, three requests of half a minute, a minute of watching. */
const lastOnesSeconds = 240;

export interface Scale {
  minutes: number;
  /** Studies a second. */
  capacity: number;
}

/** Makes k6's scenarios of a load's crowds. */
export function scenariosOf(load: Load, scale: Scale): Record<string, Scenario> {
  return Object.fromEntries(
    Object.entries(load.crowds).map(([name, crowd]) => [name, scenarioOf(crowd, scale)]),
  );
}

function scenarioOf(crowd: Crowd, { minutes, capacity }: Scale): Scenario {
  const gracefulStop = `${lastOnesSeconds}s`;
  if ('people' in crowd) {
    const { people: vus } = crowd;
    return { executor: 'constant-vus', vus, duration: seconds(minutes), gracefulStop };
  }
  const studies = crowd.journey === 'apiClient' ? burstSize : 1;
  // k6 takes whole numbers only: so many in ten minutes.
  const rate = (multiple: number) => Math.round((multiple * capacity * 600) / studies);
  return {
    executor: 'ramping-arrival-rate',
    timeUnit: '10m',
    startRate: rate(crowd.arrivals[0]?.from ?? 0),
    stages: crowd.arrivals.flatMap((stage) => stagesOf(stage, minutes, rate)),
    preAllocatedVUs: 20,
    maxVUs,
    gracefulStop,
  };
}

/** k6 goes from where it stands to a target: a stage that begins elsewhere is preceded by a jump. */
function stagesOf({ share, from, to }: Stage, minutes: number, rate: (multiple: number) => number) {
  return [
    { duration: '0s', target: rate(from) },
    { duration: seconds(share * minutes), target: rate(to) },
  ];
}

function seconds(minutes: number): string {
  return `${Math.round(minutes * 60)}s`;
}
