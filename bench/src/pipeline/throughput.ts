import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchPlatform } from './platform.js';

const uploadsAtOnce = 8;
/** Enough that the queue is never empty, and submitting is spread over the whole run. */
const openStudies = 64;
const deadlineMs = 300_000;

/**
 * Studies a second from submission to committed heatmap with the queue never empty. Images are uploaded before
 * the clock starts; the middle eight tenths count, so neither start nor end of the run flatters.
 */
export async function measureThroughput(platform: BenchPlatform, pictures: Uint8Array[]): Promise<number> {
  const {
    submitters: [{ client, siteId }],
    database,
  } = platform;
  const uploads = await mapAtOnce(pictures, uploadsAtOnce, async (picture) => {
    const facts = { siteId, patientReference: randomUUID(), patientAgeMonths: 30 };
    return { facts, uploadId: (await client.upload(picture, facts)).id };
  });

  const since = new Date();
  const committed = async () => {
    const found = await database.query<{ rows: number }>(
      'SELECT count(*)::int AS rows FROM heatmap WHERE created_at > $1',
      [since],
    );
    return found.rows[0]?.rows ?? 0;
  };
  let submitted = 0;
  let done = 0;
  const watching = (async () => {
    const giveUpAt = Date.now() + deadlineMs;
    while (done < uploads.length) {
      if (Date.now() > giveUpAt) throw new Error(`only ${done} of ${uploads.length} studies were explained`);
      await sleep(50);
      done = await committed();
    }
  })();
  await mapAtOnce(uploads, uploadsAtOnce, async ({ uploadId, facts }) => {
    while (submitted - done >= openStudies) await sleep(5);
    submitted += 1;
    await client.submitUploads([uploadId], facts);
  });
  await watching;

  const times = await database.query<{ at: Date }>(
    'SELECT created_at AS at FROM heatmap WHERE created_at > $1 ORDER BY created_at',
    [since],
  );
  const at = (share: number) => times.rows[Math.floor(share * (times.rows.length - 1))]?.at.getTime() ?? 0;
  return (0.8 * (times.rows.length - 1)) / ((at(0.9) - at(0.1)) / 1000);
}

async function mapAtOnce<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let index = next++; index < items.length; index = next++) {
        const item = items[index];
        if (item !== undefined) results[index] = await work(item);
      }
    }),
  );
  return results;
}
