import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { chartFolder } from './places.js';

export const rulesFile = join(chartFolder, 'monitoring/rules.yaml');

const rule = z.object({
  record: z.string().optional(),
  alert: z.string().optional(),
  expr: z.string(),
  annotations: z.object({ summary: z.string(), runbook: z.string() }).optional(),
});
const rulesOfFile = z.object({ groups: z.array(z.object({ rules: z.array(rule) })) });

/** What the chart tells Prometheus to record and to alert on. */
export async function readRules(): Promise<z.infer<typeof rule>[]> {
  return rulesOfFile.parse(parse(await readFile(rulesFile, 'utf8'))).groups.flatMap(({ rules }) => rules);
}
