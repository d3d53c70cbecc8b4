import { randomBytes } from 'k6/crypto';
import type { Participant } from './participants.ts';
import { type LoadedPicture, pictures } from './pictures.ts';
import { settings } from './settings.ts';

/** A study that its client wants to submit. */
export interface Draft {
  /** Patient reference and idempotency key: random, and like no other. */
  key: string;
  stat: boolean;
  siteId: string;
  picture: LoadedPicture;
  /** Once the bytes are stored. */
  uploadId?: string;
}

export function newDraft({ siteIds }: Participant, statShare: number): Draft {
  return {
    key: `${settings.run}-${randomHex(12)}`,
    stat: Math.random() < statShare,
    siteId: oneOf(siteIds),
    picture: oneOf(pictures),
  };
}

function oneOf<T>(values: readonly T[]): T {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error('there is nothing to choose from');
  return value;
}

function randomHex(bytes: number): string {
  return Array.from(new Uint8Array(randomBytes(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}
