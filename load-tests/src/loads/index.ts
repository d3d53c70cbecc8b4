import { abusive } from './abusive.ts';
import { average } from './average.ts';
import { breakpoint } from './breakpoint.ts';
import type { Load } from './load.ts';
import { reconnect } from './reconnect.ts';
import { smoke } from './smoke.ts';
import { soak } from './soak.ts';
import { spike } from './spike.ts';
import { statFlood } from './stat-flood.ts';
import { stress } from './stress.ts';

export const loads: readonly Load[] = [
  smoke,
  average,
  stress,
  spike,
  soak,
  breakpoint,
  statFlood,
  abusive,
  reconnect,
];

export function findLoad(name: string | undefined): Load | undefined {
  return loads.find((load) => load.name === name);
}
