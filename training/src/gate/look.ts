import { readFile } from 'node:fs/promises';
import type { Progress } from '@lucency/command-line';
import { assessQuality, inputSide, prepareImage } from '@lucency/imaging';
import type { LungMeasures } from '@lucency/imaging/lungs';
import type { Segmenter } from '@lucency/model/lungs';
import { findLungs } from '@lucency/reading/lungs';
import type { Collection } from '../dataset/collections.js';

/** What the gate sees in a picture. */
export interface Look {
  readonly collection: string;
  readonly chest: boolean;
  readonly patient: string;
  /** Why it is refused before lungs are looked for. */
  readonly refusal: string | null;
  readonly measures: LungMeasures | null;
}

export async function lookAt(
  collections: readonly Collection[],
  segmenter: Segmenter,
  progress: Progress,
): Promise<Look[]> {
  const looks: Look[] = [];
  for (const { name, chests, pictures } of collections)
    for (const [at, { path, patient }] of pictures.entries()) {
      looks.push({ collection: name, chest: chests, patient, ...(await lookAtFile(path, segmenter)) });
      progress.show(name, at + 1, pictures.length);
    }
  return looks;
}

async function lookAtFile(path: string, segmenter: Segmenter): Promise<Pick<Look, 'refusal' | 'measures'>> {
  const prepared = await prepareImage(await readFile(path));
  if (!prepared.ok) return { refusal: prepared.reason, measures: null };
  const quality = assessQuality(prepared.value.measures);
  if (!quality.acceptable) return { refusal: quality.reason, measures: null };
  const { input } = prepared.value;
  const shades = Float32Array.from({ length: inputSide ** 2 }, (_, at) => input[3 * at] ?? 0);
  const { measures } = await findLungs(segmenter, shades, inputSide);
  return { refusal: null, measures };
}
