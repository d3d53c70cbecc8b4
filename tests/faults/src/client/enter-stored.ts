import type { Platform } from '../platform/platform.js';
import type { Journal } from './journal.js';
import type { StoredInstance } from './modality.js';

interface KnownInstance {
  id: string;
  sopInstanceUid: string;
  idempotencyKey: string;
}

/**
 * Enters the studies of instances that the port answered with success into the journal, to be judged like those that it
 * submits itself.
 * @returns what does not hold: each is one image, and they are so many studies
 */
export async function enterStored(
  { database }: Pick<Platform, 'database'>,
  journal: Journal,
  stored: readonly StoredInstance[],
  studies: number,
): Promise<string[]> {
  const known = await database.query<KnownInstance>(
    `SELECT s.id, i.sop_instance_uid AS "sopInstanceUid", s.idempotency_key AS "idempotencyKey"
     FROM study s JOIN image i ON i.study_id = s.id WHERE s.study_instance_uid = ANY ($1)`,
    [stored.map(({ studyInstanceUid }) => studyInstanceUid)],
  );
  const keys = new Map(known.rows.map(({ id, idempotencyKey }) => [id, idempotencyKey]));
  for (const [id, idempotencyKey] of keys) {
    const studyId = Buffer.from(`Study:${id}`).toString('base64url');
    journal.entries.push({ idempotencyKey, studyId });
  }
  return [
    ...stored.flatMap(({ sopInstanceUid }) => {
      const images = known.rows.filter((row) => row.sopInstanceUid === sopInstanceUid).length;
      return images === 1 ? [] : [`an instance that was answered with success is ${images} images`];
    }),
    ...(keys.size === studies ? [] : [`${studies} studies became ${keys.size}`]),
  ];
}
