import type { JobKind } from './jobs.js';
import type { FailureCode, RefusalCode, WithholdingCode } from './reasons.js';
import type { FaithfulnessResult, HeatmapResult, ReadingResult, Timings } from './results.js';

interface Answers {
  classify:
    | { outcome: 'read'; reading: ReadingResult; timings: Timings }
    | { outcome: 'refused'; reason: RefusalCode; timings: Timings };
  explain:
    | { outcome: 'drawn'; heatmap: HeatmapResult; timings: Timings }
    | { outcome: 'withheld'; modelId: string; reason: WithholdingCode; timings: Timings };
  score: { outcome: 'scored'; faithfulness: FaithfulnessResult; timings: Timings };
}

/** What must wait, and whether the wait counts as a try of this job. */
export interface Later {
  outcome: 'later';
  delaySeconds: number;
  jobAtFault: boolean;
  /** For the log only. */
  why: string;
}

/** What no further try can help. */
export interface Hopeless {
  outcome: 'hopeless';
  reason: FailureCode;
  /** For the log only. */
  why: string;
}

/** The ways a handler may end a job; only the job intake turns them into results and acks. */
export type JobOutcome<Kind extends JobKind> = Answers[Kind] | Later | Hopeless;

export function later(delaySeconds: number, why: string, { jobAtFault = false } = {}): Later {
  return { outcome: 'later', delaySeconds, jobAtFault, why };
}

export function hopeless(reason: FailureCode, why: string): Hopeless {
  return { outcome: 'hopeless', reason, why };
}
