import { readFile } from 'node:fs/promises';
import type { Progress } from '@lucency/command-line';
import { readPicture } from '@lucency/imaging';
import {
  lungsSide,
  openSegmenter,
  readLungsCard,
  readLungsWeights,
  toLungsInput,
} from '@lucency/model/lungs';
import { findLungs, looksFrontal } from '@lucency/reading/lungs';
import { type Collection, readChests } from '../dataset/collections.js';
import { splitByPatient } from '../dataset/split.js';
import { lungShares } from './examples.js';

export interface SelfLabelled {
  readonly patient: string;
  /** `[128, 128]` each. */
  readonly shades: Float32Array;
  readonly mask: Float32Array;
}

/**
 * Chests of a source without masks, with those that a segmenter of an earlier round predicts where it is sure: trained
 * on again, disturbed, they teach it to be sure of that source, too (Lee 2013). Patients held out stay so.
 */
export async function labelBySelf(
  directory: string,
  from: string,
  seed: number,
  progress: Progress,
): Promise<SelfLabelled[]> {
  const { rule } = await readLungsCard(from);
  const segmenter = await openSegmenter(await readLungsWeights(from));
  const chests = splitChests(await readChests(directory, 'also'), seed).train;
  const labelled: SelfLabelled[] = [];
  for (const [at, { path, patient }] of chests.entries()) {
    progress.show('masks of the other source', at + 1, chests.length);
    const picture = await readPicture(await readFile(path));
    if (!picture.ok) continue;
    const { shades } = picture.value;
    const side = Math.sqrt(shades.length);
    const found = await findLungs(segmenter, shades, side);
    if (!looksFrontal(found.measures, rule)) continue;
    labelled.push({ patient, shades: toLungsInput(shades, side), mask: Float32Array.from(found.mask.bits) });
  }
  await segmenter.close();
  if (labelled.some(({ mask }) => mask.length !== lungsSide ** 2)) throw new Error('a mask has another size');
  return labelled;
}

/** The patients of another source that training may see, and those held out. */
export function splitChests({ pictures }: Pick<Collection, 'pictures'>, seed: number) {
  const labelled = pictures.map((picture) => ({ ...picture, label: 'NORMAL' as const }));
  const { train, validation, test } = splitByPatient(labelled, lungShares, seed);
  return { train, heldOut: [...validation, ...test] };
}
