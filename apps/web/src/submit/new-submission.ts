import { noAge } from './age';
import { isAbout, type KeptAnswers } from './kept-answers';
import type { Phase, Submission } from './submission';

/** What the gateway accepts as encoded bytes. */
const maxBytes = 50 * 1024 * 1024;

const signatures = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const;
type MediaType = keyof typeof signatures;

/** A draft for each file, with what was typed about it before; files that can never be read say so at once. */
export async function newSubmissions(
  files: readonly File[],
  kept: readonly KeptAnswers[] = [],
): Promise<Submission[]> {
  return await Promise.all(
    files.map((file) =>
      newSubmission(
        file,
        kept.find((answers) => isAbout(answers, file)),
      ),
    ),
  );
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
