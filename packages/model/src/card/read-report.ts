import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type EvaluationReport, evaluationReport } from './report.js';

export const reportFileName = 'report.json';

/**
 * The report in a model's directory, or undefined where it has none. Throws with every fault named when the file is
 * there and is no report.
 */
export async function readReport(directory: string): Promise<EvaluationReport | undefined> {
  const path = join(directory, 'report', reportFileName);
  if (!existsSync(path)) return undefined;
  const parsed = evaluationReport.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${basename(directory)}/report/${reportFileName} is no report:\n${z.prettifyError(parsed.error)}`,
  );
}
