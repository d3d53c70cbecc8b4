import exec from 'k6/execution';
import type { Crowd } from '../../src/loads/load.ts';
import { ask } from '../platform/graphql.ts';
import { errors, subscribed, worklistShown } from '../platform/measurements.ts';
import { note } from '../platform/notes.ts';
import { type Participant, whoWalks } from '../platform/participants.ts';
import { settings } from '../platform/settings.ts';
import { follow } from '../platform/subscription.ts';

const pageSize = 25;
const sessionMs = { least: 20_000, most: 40_000 };

/** What the portal shows of a study in its list. */
const line = `id patientReference patientAgeMonths priority createdAt updatedAt readingState
  readingReason { code message } explanationState withdrawal { at } site { id name }
  images { id reading { id probability threshold decision claims { coverage says } cautions { code message } } }`;
const worklist = `query ($first: Int!) {
  studies(first: $first) { edges { cursor node { ${line} } } pageInfo { hasNextPage endCursor } revision }
}`;
const studiesChanged = `subscription ($since: String) {
  studiesChanged(since: $since) { revision resync studies { ${line} } }
}`;

let sessions = 0;

/**
 * Reads the worklist, follows it, and reads it again whenever changes may have been missed. Who lost a connection
 * comes back as the portal does: with the subscription, and the list follows.
 */
export async function radiologist(crowd: Crowd, participants: readonly Participant[]): Promise<void> {
  const participant = whoWalks(crowd, participants);
  const endsAt = endOfSession(crowd);
  const again = 'cuts' in crowd && sessions > 0;
  sessions += 1;
  if (!again) showWorklist(participant);
  const startedAt = Date.now();
  let isSubscribed = false;
  const ending = await follow<{ studiesChanged: { resync: boolean } }>(participant, {
    query: studiesChanged,
    // Another revision than any there is: the first event comes at once and says resync, as after time away.
    variables: { since: '-1' },
    untilMs: Math.max(0, endsAt - Date.now()),
    onEvent: ({ studiesChanged: { resync } }) => {
      if (!isSubscribed) {
        isSubscribed = true;
        const ms = Date.now() - startedAt;
        subscribed.add(ms);
        note({ is: 'subscribed', ms, again });
      }
      if (resync) showWorklist(participant);
      return false;
    },
  });
  errors.add(typeof ending === 'object', { name: 'subscription' });
  if (typeof ending === 'object') {
    note({ is: 'error', who: participant.who, during: 'subscription', code: ending.error });
  }
}

function showWorklist(participant: Participant): void {
  const startedAt = Date.now();
  const answer = ask(participant, 'Worklist', worklist, { first: pageSize });
  if ('data' in answer) worklistShown.add(Date.now() - startedAt);
}

/** Epoch milliseconds: the next moment at which all lose their connections, else when this person goes. */
function endOfSession(crowd: Crowd): number {
  const { startTime } = exec.scenario;
  const totalMs = settings.minutes * 60_000;
  const theEnd = startTime + totalMs;
  if ('cuts' in crowd) {
    const cuts = (crowd.cuts ?? []).map((share) => startTime + share * totalMs);
    return cuts.find((cut) => cut > Date.now()) ?? theEnd;
  }
  const { least, most } = sessionMs;
  return Math.min(theEnd, Date.now() + least + Math.random() * (most - least));
}
