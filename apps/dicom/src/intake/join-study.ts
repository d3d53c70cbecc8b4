import { createHash } from 'node:crypto';
import { type DescribedUpload, type LucencyClient, LucencyError } from '@lucency/client';
import type { InstanceFacts } from './read-instance.js';

export interface JoinOptions {
  client: Pick<LucencyClient, 'studies' | 'submitUploads' | 'addUploads'>;
  /** As the API has it. */
  siteId: string;
  facts: InstanceFacts;
  /** Where the header says none. */
  usualPriority: 'STAT' | 'ROUTINE';
  uploadId: string;
  signal: AbortSignal;
}

/** Studies of one Study Instance UID that were taken back; beyond any number that is not a fault. */
const maxWithdrawn = 20;

/**
 * Puts an uploaded instance into the study of its Study Instance UID, site and patient, or makes that study. Any number at once,
 * in any number of services, make one: the study's idempotency key follows from what makes it one, so that whoever comes second
 * is told the first. A withdrawn study stays as it is, and what is sent of it again makes the next one.
 * @returns whether the study had the instance before. @throws LucencyError
 */
export async function joinStudy(options: JoinOptions): Promise<{ repeated: boolean }> {
  const { client, siteId, facts, usualPriority, signal } = options;
  const { studyInstanceUid, patientReference, patientAgeMonths, accessionNumber } = facts;
  const image = describe(options);
  const open = await findStudy(options);
  if (open) return addTo(options, open, image);

  let withdrawn = '';
  for (let tries = 0; tries < maxWithdrawn; tries += 1) {
    const study = {
      siteId,
      patientReference,
      patientAgeMonths,
      accessionNumber,
      studyInstanceUid,
      priority: facts.priority ?? usualPriority,
      idempotencyKey: keyOf(studyInstanceUid, patientReference, withdrawn),
    };
    try {
      const submitted = await client.submitUploads([image], study, { signal });
      if (!submitted.study.withdrawal) return { repeated: !submitted.created };
      withdrawn = submitted.study.id;
    } catch (error) {
      const inTheWay = isCode(error, 'CONFLICT') ? error.studyId : undefined;
      if (!inTheWay) throw error;
      try {
        return await addTo(options, inTheWay, image);
      } catch (late) {
        // Withdrawn since, or before.
        if (!isCode(late, 'WRONG_STATE')) throw late;
        withdrawn = inTheWay;
      }
    }
  }
  throw new LucencyError('WRONG_STATE', 'Every study of this UID was withdrawn.');
}

/** Those of another patient are none: UIDs do get used twice, and images of two people must never be one study. */
async function findStudy({ client, siteId, facts, signal }: JoinOptions): Promise<string | undefined> {
  const { studyInstanceUid, patientReference } = facts;
  const found = client.studies({ filter: { siteIds: [siteId], studyInstanceUid }, pageSize: 10 }, { signal });
  for await (const study of found) if (study.patientReference === patientReference) return study.id;
  return undefined;
}

async function addTo(
  { client, signal }: JoinOptions,
  studyId: string,
  image: DescribedUpload,
): Promise<{ repeated: boolean }> {
  const { added } = await client.addUploads(studyId, [image], { signal });
  return { repeated: added === 0 };
}

function describe({ uploadId, facts }: JoinOptions): DescribedUpload {
  const { view, seriesInstanceUid, sopInstanceUid } = facts;
  return { uploadId, view, seriesInstanceUid, sopInstanceUid };
}

/** Unique per client and site by the API's own rule. */
function keyOf(...parts: string[]): string {
  return `dicom-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}

function isCode(error: unknown, code: string): error is LucencyError {
  return error instanceof LucencyError && error.code === code;
}
