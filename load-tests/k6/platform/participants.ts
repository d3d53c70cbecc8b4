import exec from 'k6/execution';
import type { Crowd } from '../../src/loads/load.ts';
import { ask } from './graphql.ts';
import { settings } from './settings.ts';
import { requestToken, type Token } from './tokens.ts';

export interface Participant {
  /** Place among the token requests. */
  who: number;
  firstToken: Token;
  /** Where they may submit. */
  siteIds: string[];
}

/** Signs everyone in and learns where they may submit, before the clock starts. */
export function gatherParticipants(): Participant[] {
  return settings.tokenRequests.map((_, who) => {
    const participant = { who, firstToken: requestToken(who), siteIds: [] };
    const answer = ask<{ viewer: { sites: { id: string; viewerCanSubmit: boolean }[] } }>(
      participant,
      'viewer',
      '{ viewer { sites { id viewerCanSubmit } } }',
    );
    if (!('data' in answer)) throw new Error(`participant ${who} cannot use the platform`);
    const { sites } = answer.data.viewer;
    return { ...participant, siteIds: sites.filter((site) => site.viewerCanSubmit).map(({ id }) => id) };
  });
}

/** Who walks now: one after the other of those whom the crowd consists of. */
export function whoWalks(crowd: Crowd, participants: readonly Participant[]): Participant {
  const candidates = membersOf(crowd, participants);
  const member = candidates[exec.scenario.iterationInTest % candidates.length];
  if (!member) throw new Error(`nobody of the given clients can be one of the ${crowd.as}`);
  return member;
}

function membersOf({ as }: Crowd, participants: readonly Participant[]): Participant[] {
  const submitters = participants.filter(({ siteIds }) => siteIds.length > 0);
  switch (as) {
    case 'everyone':
      return [...participants];
    case 'submitters':
      return submitters;
    case 'abuser':
      return submitters.slice(-1);
    case 'others':
      return awayFrom(submitters.slice(-1), submitters.slice(0, -1));
    case 'readers': {
      const readers = participants.filter(({ siteIds }) => siteIds.length === 0);
      return readers.length > 0 ? readers : [...participants];
    }
  }
}

/** The same people at sites of their own: what is fair is settled between sites. */
function awayFrom(abusers: readonly Participant[], others: readonly Participant[]): Participant[] {
  const taken = new Set(abusers.flatMap(({ siteIds }) => siteIds));
  return others
    .map((other) => ({ ...other, siteIds: other.siteIds.filter((id) => !taken.has(id)) }))
    .filter(({ siteIds }) => siteIds.length > 0);
}
