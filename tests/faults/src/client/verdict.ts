import type { Platform } from '../platform/platform.js';
import type { Journal, Standing } from './journal.js';

export interface Verdict {
  acknowledged: number;
  /** Acknowledged, but there is no such study. */
  lost: number;
  /** Studies, readings or heatmaps that are there more than once for one submission. */
  doubled: number;
  ended: Record<string, number>;
}

/** Holds what the platform has against what the client was told. */
export async function judge(
  platform: Pick<Platform, 'database'>,
  journal: Journal,
  studies: readonly Standing[],
): Promise<Verdict> {
  const keys = journal.entries.map(({ idempotencyKey }) => idempotencyKey);
  const rows = await platform.database.query<{
    key: string;
    studies: number;
    images: number;
    readings: number;
    heatmaps: number;
  }>(
    `SELECT s.idempotency_key AS key, count(DISTINCT s.id)::int AS studies,
       count(DISTINCT i.id)::int AS images, count(DISTINCT r.id)::int AS readings,
       count(DISTINCT h.id)::int AS heatmaps
     FROM study s JOIN image i ON i.study_id = s.id
     LEFT JOIN reading r ON r.image_id = i.id LEFT JOIN heatmap h ON h.image_id = i.id
     WHERE s.idempotency_key = ANY ($1) GROUP BY s.idempotency_key`,
    [keys],
  );
  const ended: Record<string, number> = {};
  for (const { readingState, explanationState } of studies) {
    const end = readingState === 'CLASSIFIED' ? `CLASSIFIED, heatmap ${explanationState}` : readingState;
    ended[end] = (ended[end] ?? 0) + 1;
  }
  return {
    acknowledged: new Set(keys).size,
    lost: new Set(keys).size - rows.rows.length,
    doubled: rows.rows.filter(
      ({ studies, images, readings, heatmaps }) => studies > 1 || Math.max(readings, heatmaps) > images,
    ).length,
    ended,
  };
}
