import { mkdir, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { renderHeatmap } from '@lucency/imaging';
import { type Calibration, strongEvidence } from '@lucency/model/card';
import { UsageError } from '../usage.js';
import type { FileAnswer } from './classify-file.js';

/** @returns the path, or null when there is nothing to see. */
export type HeatmapSaver = (answer: FileAnswer, calibration: Calibration) => Promise<string | null>;

/**
 * Saves heatmaps in one folder, under the images' names; the second x.jpg becomes x-2.heatmap.png.
 * @throws UsageError when there cannot be such a folder: better before the first image than after it.
 */
export async function heatmapSaver(folder: string): Promise<HeatmapSaver> {
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new UsageError(`Heatmaps cannot be saved in ${folder}: ${error.message}`);
  });
  const taken = new Map<string, number>();
  return async (answer, calibration) => {
    if (answer.outcome !== 'read') return null;
    const { evidence, width, height, region } = answer.reading;
    const { png, empty } = await renderHeatmap(evidence, {
      strong: strongEvidence(calibration),
      width,
      height,
      region,
    });
    if (empty) return null;
    const { name } = parse(answer.file);
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    const path = join(folder, `${name}${count > 1 ? `-${count}` : ''}.heatmap.png`);
    await writeFile(path, png);
    return path;
  };
}
