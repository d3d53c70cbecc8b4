import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchPlatform } from '@lucency/bench/pipeline';
import type { LucencyClient, StudyFacts } from '@lucency/client';
import type { Arrival } from '../arrivals/draw-arrivals.js';
import type { Study } from '../workers/job.js';

const uploadsAtOnce = 6;
const deadlineMs = 120_000;
/** Scores come 3 s after their heatmaps; they are put off again and again before that. */
const putOffEveryMs = 2000;

interface Row {
  id: string;
  read: Date | null;
  drawn: Date | null;
}

/** A study whose image is there already. */
interface Planned {
  readonly client: LucencyClient;
  readonly uploadId: string;
  readonly facts: StudyFacts;
}

/**
 * Uploads the image of each arrival, before any time is measured. By turns of two people, since each may only hold so
 * many uploads open.
 */
export async function uploadAll(
  { submitters }: BenchPlatform,
  arrivals: readonly Arrival[],
  pictures: readonly Uint8Array[],
): Promise<Planned[]> {
  const planned: Planned[] = [];
  let next = 0;
  const uploadNext = async () => {
    for (let index = next++; index < arrivals.length; index = next++) {
      const { client, siteId } = submitters[index % 2 === 0 ? 0 : 1];
      const facts: StudyFacts = {
        siteId,
        patientReference: randomUUID(),
        patientAgeMonths: 30,
        priority: arrivals[index]?.priority ?? 'ROUTINE',
      };
      const { id } = await client.upload(pictures[index] ?? new Uint8Array(), facts);
      planned[index] = { client, facts, uploadId: id };
    }
  };
  await Promise.all(Array.from({ length: uploadsAtOnce }, uploadNext));
  return planned;
}

/**
 * Submits a study at each arrival and @returns when its reading and heatmap were recorded, in seconds like the arrivals.
 * A submission that is late because the client was busy is late in the figures too.
 */
export async function submitAll(
  { database }: BenchPlatform,
  arrivals: readonly Arrival[],
  planned: readonly Planned[],
): Promise<Study[]> {
  const putOff = setInterval(() => void putScoresOff(database), putOffEveryMs);
  try {
    const begun = Date.now();
    const ids = await Promise.all(
      arrivals.map(async ({ time }, index) => {
        await sleep(time * 1000 - (Date.now() - begun));
        const study = planned[index];
        if (!study) throw new Error('an arrival without an upload');
        const { client, uploadId, facts } = study;
        const submitted = await client.submitUploads([uploadId], facts);
        return databaseId(submitted.study.id);
      }),
    );
    const rows = await untilDrawn(database, ids);
    return arrivals.map(({ time, priority }, index) => {
      const row = rows.get(ids[index] ?? '');
      const after = (at: Date | null | undefined) => (at ? (at.getTime() - begun) / 1000 : Number.NaN);
      return {
        priority,
        arrivedAt: time,
        takenAt: Number.NaN,
        readAt: after(row?.read),
        drawnAt: after(row?.drawn),
      };
    });
  } finally {
    clearInterval(putOff);
  }
}

/** Global ids carry the database's own behind the type, as `Study:uuid` in base64. */
function databaseId(globalId: string): string {
  const id = Buffer.from(globalId, 'base64').toString().split(':').at(-1);
  if (!id) throw new Error(`${globalId} is no id of a study`);
  return id;
}

async function untilDrawn(database: BenchPlatform['database'], ids: string[]): Promise<Map<string, Row>> {
  const giveUpAt = Date.now() + deadlineMs;
  for (;;) {
    const found = await database.query<Row>(
      `SELECT s.id, min(r.created_at) AS read, min(h.created_at) AS drawn
       FROM study s JOIN image i ON i.study_id = s.id
       LEFT JOIN reading r ON r.image_id = i.id LEFT JOIN heatmap h ON h.image_id = i.id
       WHERE s.id = ANY ($1) GROUP BY s.id`,
      [ids],
    );
    const rows = new Map(found.rows.map((row) => [row.id, row]));
    if (ids.every((id) => rows.get(id)?.drawn)) return rows;
    if (Date.now() > giveUpAt) throw new Error('not every study was explained in time');
    await sleep(200);
  }
}

/** A run leaves more scores than the machine can work off before the next; the simulation does without them too. */
async function putScoresOff(database: BenchPlatform['database']): Promise<void> {
  await database.query(
    `UPDATE task SET due_at = now() + interval '1 day'
     WHERE kind = 'score' AND state = 'PENDING' AND due_at < now() + interval '1 hour'`,
  );
}
