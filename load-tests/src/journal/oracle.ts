import type { Entry } from './entry.ts';
import { only } from './read-journal.ts';
import type { RecordedStudy } from './recorded.ts';

export interface Verdict {
  acknowledged: number;
  /** Acknowledged to a client, but there is no such study. */
  lost: number;
  /** Studies beyond the first for one patient reference, which each client used once. */
  doubled: number;
  /** Acknowledged, and neither read, refused nor failed when the oracle stopped waiting. */
  open: number;
  /** There, though no client was told: an answer that did not arrive, which a repetition would have found. */
  untold: number;
  /** States of the acknowledged studies. */
  states: Record<string, number>;
}

/** Holds what the platform has against what the clients were told. */
export function judge(entries: readonly Entry[], recorded: readonly RecordedStudy[]): Verdict {
  const acknowledged = only(entries, 'acknowledged');
  const byId = new Map(recorded.map((study) => [study.id, study]));
  const told = new Set(acknowledged.map(({ key }) => key));
  const keys = new Set(recorded.map(({ key }) => key));
  const states: Record<string, number> = {};
  let lost = 0;
  for (const { study, key } of acknowledged) {
    const found = byId.get(study);
    if (found?.key !== key) lost += 1;
    else states[found.state] = (states[found.state] ?? 0) + 1;
  }
  return {
    acknowledged: acknowledged.length,
    lost,
    doubled: recorded.length - keys.size,
    open: (states.RECEIVED ?? 0) + (states.QUEUED ?? 0),
    untold: [...keys].filter((key) => !told.has(key)).length,
    states,
  };
}
