import type { Entry } from '../journal/entry.ts';
import type { Verdict } from '../journal/oracle.ts';
import type { RecordedStudy } from '../journal/recorded.ts';
import type { Load } from '../loads/load.ts';
import type { Summary } from './summary.ts';
import type { ProcessSample } from './watch-processes.ts';

/** Everything that is known of one run. */
export interface Evidence {
  load: Load;
  minutes: number;
  /** Epoch milliseconds, when the crowds began to walk. */
  startedAt: number;
  entries: Entry[];
  recorded: RecordedStudy[];
  oracle: Verdict;
  summary: Summary;
  processes: ProcessSample[];
}

/** One line of the verdict. */
export interface Judgement {
  what: string;
  wanted: string;
  measured: string;
  ok: boolean;
  /** Whether it decides about the exit code, or is only shown. */
  decides: boolean;
}

export type Check = (evidence: Evidence) => Omit<Judgement, 'decides'>[];
