import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const metric = z.object({
  type: z.string(),
  values: z.record(z.string(), z.number()),
  thresholds: z.record(z.string(), z.object({ ok: z.boolean() })).optional(),
});
const summary = z.object({ metrics: z.record(z.string(), metric) });

/** What k6 counted and measured. */
export type Summary = z.infer<typeof summary>;

export async function readSummary(file: string): Promise<Summary> {
  return summary.parse(JSON.parse(await readFile(file, 'utf8')));
}
