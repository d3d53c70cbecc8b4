import { noAge } from './age';
import { readDicomFacts } from './dicom-facts';
import { sha256Of } from './file-hash';
import type { KeptAnswers } from './kept-answers';
import type { MediaType, Phase, Submission } from './submission';

/** What the gateway accepts as encoded bytes. */
const maxBytes = 50 * 1024 * 1024;

const signatures: readonly { mediaType: MediaType; at: number; bytes: readonly number[] }[] = [
  { mediaType: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'application/dicom', at: 128, bytes: [0x44, 0x49, 0x43, 0x4d] },
];
/** Of a file, enough for every signature. */
const headBytes = 132;

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
  const dicom = mediaType === 'application/dicom' ? await readDicomFacts(file).catch(() => null) : null;
  return {
    id: crypto.randomUUID(),
    file,
    mediaType,
    dicom,
    reference: kept?.reference ?? dicom?.reference ?? '',
    age: kept?.age ?? dicom?.age ?? noAge,
    stat: kept?.stat ?? dicom?.stat ?? false,
    sharedWith: [],
    idempotencyKey: crypto.randomUUID(),
    phase: firstPhase(file, mediaType),
  };
}

function firstPhase(file: File, mediaType: MediaType | null): Phase {
  if (file.size === 0) return { at: 'unusable', message: 'This file is empty.' };
  if (!mediaType) {
    return {
      at: 'unusable',
      message: 'This is neither DICOM nor JPEG nor PNG. Send the X-ray as one of them.',
    };
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
      .slice(0, headBytes)
      .arrayBuffer()
      .catch(() => new ArrayBuffer(0)),
  );
  const found = signatures.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
  return found?.mediaType ?? null;
}
