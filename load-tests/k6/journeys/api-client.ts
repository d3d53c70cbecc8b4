import { burstSize, type Crowd } from '../../src/loads/load.ts';
import { newDraft } from '../platform/drafts.ts';
import { type Participant, whoWalks } from '../platform/participants.ts';
import { submitCarefully, submitOnce } from '../platform/submit.ts';

/**
 * Submits a burst and goes: what came of it the journal's oracle finds out. The abuser tries each study once, does
 * not wait when told to, and comes with the next.
 */
export function apiClient(crowd: Crowd, participants: readonly Participant[]): void {
  const participant = whoWalks(crowd, participants);
  const drafts = Array.from({ length: burstSize }, () => newDraft(participant, crowd.stat ?? 0));
  if (crowd.as === 'abuser') submitOnce(participant, drafts);
  else submitCarefully(participant, drafts);
}
