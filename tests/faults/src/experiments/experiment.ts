import { Journal } from '../client/journal.js';
import { judge, type Verdict } from '../client/verdict.js';
import { type Platform, startPlatform } from '../platform/platform.js';

export interface Load {
  /** Pictures submitted while the fault happens. */
  studies: number;
  /** How often the fault happens. */
  faults: number;
}

export interface Experiment {
  name: string;
  promise: string;
  /** Why it cannot run on this machine; empty where it can. */
  lacks?: string;
  /** Does harm while the journal submits. @returns what else must hold, as problems; none when all is well. */
  run(platform: Platform, journal: Journal, load: Load): Promise<string[]>;
}

export interface Outcome extends Verdict {
  problems: string[];
  seconds: number;
}

const settleMs = 90_000;

/** Runs one experiment on a platform of its own. */
export async function perform(experiment: Experiment, load: Load): Promise<Outcome> {
  const platform = await startPlatform();
  try {
    const started = Date.now();
    const journal = new Journal(platform);
    const problems = await experiment.run(platform, journal, load);
    const verdict = await judge(platform, journal, await journal.settled(settleMs));
    if (verdict.lost > 0) problems.push(`${verdict.lost} acknowledged studies were lost`);
    if (verdict.doubled > 0) problems.push(`${verdict.doubled} submissions have more than one result`);
    return { ...verdict, problems, seconds: (Date.now() - started) / 1000 };
  } finally {
    await platform.close();
  }
}
