import type { Priority } from '@lucency/contracts';
import type { Random } from '@lucency/statistics';
import type { Burst } from './burst.js';
import { intensityAt, largestIntensity } from './daily-curve.js';

export interface Arrival {
  /** Seconds from midnight. */
  readonly time: number;
  readonly priority: Priority;
}

export interface Demand {
  readonly studiesPerDay: number;
  readonly bursts: readonly Burst[];
  /** 0-1; of bursts too. */
  readonly statShare: number;
  /** Seconds from midnight. */
  readonly from: number;
  readonly until: number;
}

/** A Poisson process that follows the daily curve (thinning, Lewis and Shedler 1979), and bursts spread evenly. */
export function drawArrivals(
  { studiesPerDay, bursts, statShare, from, until }: Demand,
  random: Random,
): Arrival[] {
  const perSecond = studiesPerDay / 86_400;
  const times: number[] = [];
  const highest = perSecond * largestIntensity;
  if (highest > 0) {
    for (let time = nextAfter(from, highest, random); time < until; time = nextAfter(time, highest, random)) {
      if (random() * largestIntensity < intensityAt(time)) times.push(time);
    }
  }
  for (const { studies, start, seconds } of bursts) {
    for (let study = 0; study < studies; study += 1) {
      const time = start + random() * seconds;
      if (time >= from && time < until) times.push(time);
    }
  }
  return times
    .sort((a, b) => a - b)
    .map((time) => ({ time, priority: random() < statShare ? 'STAT' : 'ROUTINE' }));
}

/** Arrivals of a steady Poisson process: `seconds` long, from 0. */
export function drawSteadyArrivals(
  { perSecond, seconds, statShare }: { perSecond: number; seconds: number; statShare: number },
  random: Random,
): Arrival[] {
  const arrivals: Arrival[] = [];
  for (
    let time = nextAfter(0, perSecond, random);
    time < seconds;
    time = nextAfter(time, perSecond, random)
  ) {
    arrivals.push({ time, priority: random() < statShare ? 'STAT' : 'ROUTINE' });
  }
  return arrivals;
}

function nextAfter(time: number, perSecond: number, random: Random): number {
  return time - Math.log(1 - random()) / perSecond;
}
