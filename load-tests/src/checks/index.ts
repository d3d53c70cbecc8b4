import type { Check, Evidence, Judgement } from '../evidence/evidence.ts';
import type { CheckName } from '../loads/load.ts';
import { onlyAnswers } from './answers.ts';
import { fairToOthers } from './fairness.ts';
import { admittedInTime, urgentInTime } from './in-time.ts';
import { boundedMemory } from './memory.ts';
import { nothingLost } from './nothing-lost.ts';
import { allComeBack } from './reconnect.ts';
import { recoversSoon } from './recovery.ts';
import { recordedInTime, serviceLevelsMet } from './service-levels.ts';

const checks: Record<CheckName, Check> = {
  memory: boundedMemory,
  answers: onlyAnswers,
  urgent: urgentInTime,
  admitted: admittedInTime,
  recovery: recoversSoon,
  fairness: fairToOthers,
  reconnect: allComeBack,
};

/** Line by line: what decides about this load, and the service levels in any case. */
export function judgeRun(evidence: Evidence): Judgement[] {
  const { load } = evidence;
  const judged = (decides: boolean, check: Check) =>
    check(evidence).map((judgement) => ({ ...judgement, decides }));
  const byBehaviour = load.checks.flatMap((name) => judged(true, checks[name]));
  const known = new Set(byBehaviour.map(({ what }) => what));
  return [
    ...judged(load.heldToServiceLevels, serviceLevelsMet),
    ...judged(load.heldToServiceLevels, recordedInTime).filter(({ what }) => !known.has(what)),
    ...judged(true, nothingLost),
    ...byBehaviour,
  ];
}
