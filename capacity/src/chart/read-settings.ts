import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { assignment, isMap, mergeValues, type Values } from './merge-values.js';
import { type ChartSettings, chartValues } from './settings.js';

export const chartFolder = path.join(import.meta.dirname, '../../../deploy/helm/lucency');

export interface Chosen {
  /** On top of the chart's own, later ones win. */
  readonly files: readonly string[];
  /** On top of those, `path.to.value=VALUE`; also `scaleDownWindow=SECONDS`, which the chart keeps in a template. */
  readonly assignments: readonly string[];
}

/** What Helm would make of the chart with these values. Throws with the path of what it does not understand. */
export async function readSettings({ files, assignments }: Chosen): Promise<ChartSettings> {
  const read = await Promise.all([path.join(chartFolder, 'values.yaml'), ...files].map(readValues));
  const values = [
    { scaleDownWindow: await readScaleDownWindow() },
    ...read,
    ...assignments.map((text) => assignment(text, (value) => parse(value))),
  ].reduce<Values>(mergeValues, {});
  const settings = chartValues.extend({ scaleDownWindow: z.number().nonnegative() }).safeParse(values);
  if (settings.success) return settings.data;
  throw new Error(`the chart's values cannot be simulated:\n${z.prettifyError(settings.error)}`);
}

async function readValues(file: string): Promise<Values> {
  const values: unknown = parse(await readFile(file, 'utf8'));
  if (!isMap(values)) throw new Error(`${file} holds no values`);
  return values;
}

/** The one number of the job scaler that is written in the template and not among the values. */
async function readScaleDownWindow(): Promise<number> {
  const template = await readFile(path.join(chartFolder, 'templates/_worker.tpl'), 'utf8');
  const scaler = template.slice(template.indexOf('define "lucency.jobScaler"'));
  const [, seconds] = /scaleDown:\s+stabilizationWindowSeconds: (\d+)/.exec(scaler) ?? [];
  if (!seconds)
    throw new Error(
      'templates/_worker.tpl no longer says how long the autoscaler waits before it takes pods away',
    );
  return Number(seconds);
}
