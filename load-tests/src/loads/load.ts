// Read by k6 too: imports nothing that only Node has.

export type Journey = 'technologist' | 'radiologist' | 'apiClient' | 'imageReader';

/** Studies that a program of a hospital sends at once. */
export const burstSize = 5;

/** A part of a crowd's time with arrivals rising or falling evenly; multiples of the measured capacity. */
export interface Stage {
  /** Of the whole load's time; the shares of a crowd add up to 1. */
  share: number;
  from: number;
  to: number;
}

interface Walks {
  journey: Journey;
  /**
   * Who walks: all, anyone who may submit, the last of them alone, or those who may submit elsewhere. Readers are
   * those who may only read, and anyone where there are none.
   */
  as: 'everyone' | 'submitters' | 'abuser' | 'others' | 'readers';
  /** Share of submissions that are STAT; none when left out. */
  stat?: number;
}

/** Studies that arrive by the clock, however long each takes: an open model. */
export interface Arrivals extends Walks {
  arrivals: readonly Stage[];
}

/** People who walk again and again, each waiting for the platform: a closed model. */
export interface People extends Walks {
  people: number;
  /** Shares of the load's time at which all of them lose their connections at once. */
  cuts?: readonly number[];
}

export type Crowd = Arrivals | People;

export type CheckName = 'memory' | 'answers' | 'urgent' | 'admitted' | 'recovery' | 'fairness' | 'reconnect';

export interface Load {
  name: string;
  /** One line, for people who choose. */
  about: string;
  /** How long it takes unless told otherwise. */
  minutes: number;
  crowds: Readonly<Record<string, Crowd>>;
  /** Whether the service levels decide; they are shown in any case. */
  heldToServiceLevels: boolean;
  /** How the platform must behave beyond what it can bear. */
  checks: readonly CheckName[];
  /** Stop once the service levels are missed: what is sought is where that is. */
  stopsWhenMissed?: boolean;
}

/** The same arrivals for the whole time. */
export function steady(rate: number): Stage[] {
  return [{ share: 1, from: rate, to: rate }];
}
