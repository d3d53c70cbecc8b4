import type { Platform } from '../platform/platform.js';

/** One thing that is proven on the running cluster. */
export interface Check {
  name: string;
  promise: string;
  /** Figures go to `say` as they are measured. @returns what is wrong, a sentence each; none when the promise holds. */
  run(surroundings: Surroundings): Promise<string[]>;
}

export interface Surroundings {
  /** Opened at the first call, which installs the release where it is not. */
  platform(): Promise<Platform>;
  say(figure: string): void;
}
