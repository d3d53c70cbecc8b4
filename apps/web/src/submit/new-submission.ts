import { noAge } from './age';
import { sha256Of } from './file-hash';
import type { KeptAnswers } from './kept-answers';
import type { Phase, Submission } from './submission';

/** What the gateway accepts as encoded bytes. */
const maxBytes = 50 * 1024 * 1024;

const signatures = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const;
type MediaType = keyof typeof signatures;

export interface Added {
  submission: Submission;
  /** What was typed about this file before, now in the submission. */
  answers: KeptAnswers | undefined;
}

/** A draft for each file, with what was typed about it before; files that can never be read say so at once. */
export async function newSubmissions(
  files: readonly File[],
  kept: readonly KeptAnswers[] = [],
): Promise<Added[]> {
  const added: Added[] = [];
  // One after the other: several large files at once would not fit into memory.
  for (const file of files) {
    const taken = added.map(({ answers }) => answers);
    const free = kept.filter((answers) => !taken.includes(answers));
    const answers = free.length > 0 ? await answersAbout(file, free) : undefined;
    added.push({ submission: await newSubmission(file, answers), answers });
  }
  return added;
}

async function answersAbout(file: File, kept: readonly KeptAnswers[]): Promise<KeptAnswers | undefined> {
  const sha256 = await sha256Of(file).catch(() => null);
  const same = kept.filter((answers) => answers.sha256 === sha256);
  return same.find(({ fileName }) => fileName === file.name) ?? same[0];
}

async function newSubmission(file: File, kept: KeptAnswers | undefined): Promise<Submission> {
  const mediaType = await mediaTypeOf(file);
  return {
    id: crypto.randomUUID(),
    file,
    mediaType,
    reference: kept?.reference ?? '',
    age: kept?.age ?? noAge,
    stat: kept?.stat ?? false,
    sharedWith: [],
    idempotencyKey: crypto.randomUUID(),
    phase: firstPhase(file, mediaType),
  };
}

function firstPhase(file: File, mediaType: MediaType | null): Phase {
  if (file.size === 0) return { at: 'unusable', message: 'This file is empty.' };
  if (!mediaType) {
    return { at: 'unusable', message: 'This is neither JPEG nor PNG. Export the X-ray as one of them.' };
  }
  if (file.size > maxBytes) {
    return { at: 'unusable', message: 'This file is larger than 50 MB. Export it at a lower resolution.' };
  }
  return { at: 'draft' };
}

/** By the first bytes: names and the type that a browser derives from them are often wrong. */
async function mediaTypeOf(file: File): Promise<MediaType | null> {
  const head = new Uint8Array(
    await file
      .slice(0, 8)
      .arrayBuffer()
      .catch(() => new ArrayBuffer(0)),
  );
  for (const mediaType of ['image/jpeg', 'image/png'] as const) {
    if (signatures[mediaType].every((byte, index) => head[index] === byte)) return mediaType;
  }
  return null;
}
