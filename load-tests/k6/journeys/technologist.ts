import type { Crowd } from '../../src/loads/load.ts';
import { newDraft } from '../platform/drafts.ts';
import { errors, routineResult, statResult } from '../platform/measurements.ts';
import { note } from '../platform/notes.ts';
import { type Participant, whoWalks } from '../platform/participants.ts';
import { submitCarefully } from '../platform/submit.ts';
import { follow } from '../platform/subscription.ts';

/** How long someone looks at the screen; who sees nothing counts as having waited this long. */
const patienceMs = 60_000;

const studyChanged = 'subscription ($id: ID!) { studyChanged(id: $id) { readingState } }';

/** Submits one study and watches it until there is a reading. */
export async function technologist(crowd: Crowd, participants: readonly Participant[]): Promise<void> {
  const participant = whoWalks(crowd, participants);
  const [study] = submitCarefully(participant, [newDraft(participant, crowd.stat ?? 0)]);
  if (!study) return;
  const { key, studyId, stat, acknowledgedAt } = study;
  const waited = stat ? statResult : routineResult;

  const ending = await follow<{ studyChanged: { readingState: string } }>(participant, {
    query: studyChanged,
    variables: { id: studyId },
    untilMs: patienceMs,
    onEvent: ({ studyChanged: { readingState } }) => {
      if (!['CLASSIFIED', 'REFUSED', 'FAILED'].includes(readingState)) return false;
      const ms = Date.now() - acknowledgedAt;
      waited.add(ms);
      note({ is: 'seen', key, stat, state: readingState, ms });
      return true;
    },
  });
  errors.add(typeof ending === 'object', { name: 'subscription' });
  if (ending === 'seen') return;
  waited.add(patienceMs);
  note({ is: 'unseen', key, stat, ms: patienceMs });
  if (typeof ending === 'object') {
    note({ is: 'error', who: participant.who, during: 'subscription', code: ending.error });
  }
}
