import { randomUUID } from 'node:crypto';
import { quantile } from '../benchmark.js';
import type { BenchPlatform } from './platform.js';

/** Median milliseconds of each leg of one study that has the platform to itself. */
export interface Latency {
  totalMs: number;
  legs: { name: string; ms: number }[];
}

interface Times {
  created: Date;
  dispatched: Date;
  read: Date;
  explain_dispatched: Date;
  drawn: Date;
  reading_timings: Record<string, number>;
  heatmap_timings: Record<string, number>;
}

/** One study after the other: what a person waits for from the submission to the heatmap on their screen. */
export async function measureLatency(platform: BenchPlatform, pictures: Uint8Array[]): Promise<Latency> {
  const rounds: { totalMs: number; legs: { name: string; ms: number }[] }[] = [];
  for (const bytes of pictures) rounds.push(await oneStudy(platform, bytes));
  const [first] = rounds;
  return {
    totalMs: quantile(
      rounds.map(({ totalMs }) => totalMs),
      0.5,
    ),
    legs: (first?.legs ?? []).map(({ name }, index) => ({
      name,
      ms: quantile(
        rounds.map(({ legs }) => legs[index]?.ms ?? 0),
        0.5,
      ),
    })),
  };
}

async function oneStudy({ submitters, database }: BenchPlatform, bytes: Uint8Array) {
  const [{ client, siteId }] = submitters;
  const facts = { siteId, patientReference: randomUUID(), patientAgeMonths: 30 };
  const upload = await client.upload(bytes, facts);
  const events = client.subscribe<{ studiesChanged: { studies: { explanationState: string }[] } }>(
    'subscription { studiesChanged { studies { explanationState } } }',
  );
  const heatmapSeen = (async () => {
    for await (const { studiesChanged } of events) {
      const states = studiesChanged.studies.map(({ explanationState }) => explanationState);
      if (states.some((state) => state === 'READY' || state === 'WITHHELD')) return performance.now();
    }
    throw new Error('the subscription ended');
  })();
  // The socket has no answer to its subscription before the first event.
  await new Promise((resolve) => setTimeout(resolve, 150));

  const started = performance.now();
  await client.submitUploads([upload.id], facts);
  const answered = performance.now();
  const seen = await heatmapSeen;
  await events.return();

  const found = await database.query<Times>(
    `SELECT s.created_at AS created, c.dispatched_at AS dispatched, r.created_at AS read,
       e.dispatched_at AS explain_dispatched, h.created_at AS drawn, r.timings AS reading_timings,
       h.timings AS heatmap_timings
     FROM study s JOIN image i ON i.study_id = s.id
     JOIN task c ON c.image_id = i.id AND c.kind = 'classify' JOIN task e ON e.image_id = i.id AND e.kind = 'explain'
     JOIN reading r ON r.image_id = i.id JOIN heatmap h ON h.image_id = i.id
     ORDER BY s.created_at DESC LIMIT 1`,
  );
  const [row] = found.rows;
  if (!row) throw new Error('the study left no heatmap; was its map empty?');
  const between = (from: Date, to: Date) => to.getTime() - from.getTime();
  const sum = (timings: Record<string, number>) =>
    Object.values(timings).reduce((total, ms) => total + ms, 0);
  const steps = (prefix: string, timings: Record<string, number>) =>
    Object.entries(timings).map(([step, ms]) => ({ name: `${prefix}: ${step}`, ms }));
  return {
    totalMs: seen - started,
    legs: [
      { name: 'submitStudy answered', ms: answered - started },
      { name: 'study written to task dispatched', ms: between(row.created, row.dispatched) },
      ...steps('inference', row.reading_timings),
      {
        name: 'inference: NATS and recording',
        ms: between(row.dispatched, row.read) - sum(row.reading_timings),
      },
      { name: 'reading recorded to explain dispatched', ms: between(row.read, row.explain_dispatched) },
      ...steps('explain', row.heatmap_timings),
      {
        name: 'explain: NATS and recording',
        ms: between(row.explain_dispatched, row.drawn) - sum(row.heatmap_timings),
      },
    ],
  };
}
