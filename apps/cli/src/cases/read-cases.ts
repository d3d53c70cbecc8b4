import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Progress } from '@lucency/command-line';
import type { ReadingResult } from '@lucency/contracts';
import { type CaseReading, imageKey, type ReadCase, readMask, type SourcedFile } from '@lucency/evaluation';
import { classifyFile, type FileAnswer } from '../classify/classify-file.js';
import { inOrder } from '../in-order.js';
import type { OpenReader } from '../reader.js';
import type { KeptReadings } from './kept-readings.js';

/** Enough to keep every thread that prepares and every batch of the engine filled. */
const filesAtOnce = 32;

export interface ReadCases {
  readonly cases: ReadCase[];
  /** Files without any answer, and why. */
  readonly unread: { file: string; why: string }[];
}

export interface CaseOptions {
  readonly progress: Progress;
  /** Where opacities are drawn, as NAME.png for the image of that name. */
  readonly masks?: string | undefined;
  /** Answers of an earlier run, which are not asked for again. */
  readonly kept?: KeptReadings | undefined;
}

/** Reads every file with the serving code. Milliseconds of a case are wall clock shared among all, from start to end. */
export async function readCases(
  files: readonly SourcedFile[],
  reader: OpenReader,
  { progress, masks, kept }: CaseOptions,
): Promise<ReadCases> {
  const cases: ReadCase[] = [];
  const unread: ReadCases['unread'] = [];
  let last = performance.now();
  let done = 0;
  const answers = inOrder(files, filesAtOnce, async (labelled) => {
    // What cannot be read here is answered as such by what reads it again.
    const image = await readFile(labelled.path).then(imageKey, () => '');
    const answer = kept?.get(image) ?? caseAnswer(await classifyFile(labelled.path, reader));
    return { labelled, image, answer, opacities: await drawnOpacities(labelled, masks) };
  });
  for await (const { labelled, image, answer, opacities } of answers) {
    const now = performance.now();
    const { file, label, patient, otherAbnormal, textMined, boxes, groups } = labelled;
    const milliseconds = now - last;
    last = now;
    done += 1;
    progress.show('reading images', done, files.length);
    if ('why' in answer) {
      unread.push({ file, why: answer.why });
      continue;
    }
    kept?.put(image, answer);
    const known = { file, patient, otherAbnormal, textMined, boxes, groups, opacities };
    cases.push({ ...known, ...answer, image, label: label === 'PNEUMONIA' ? 1 : 0, milliseconds });
  }
  return { cases, unread };
}

export type CaseAnswer = Pick<ReadCase, 'reading' | 'refused'>;

function caseAnswer(answer: FileAnswer): CaseAnswer | { why: string } {
  switch (answer.outcome) {
    case 'read':
      return { reading: caseReading(answer.reading), refused: null };
    case 'refused':
      return { reading: null, refused: answer.reason };
    case 'unread':
      return { why: answer.why };
  }
}

function caseReading({ logit, evidence, region, lungs, cautions }: ReadingResult): CaseReading {
  return {
    logit,
    evidence,
    shown: region,
    lungs: lungs?.mask ?? null,
    evidenceInLungs: lungs?.evidenceInside ?? null,
    cautions,
  };
}

async function drawnOpacities({ file }: SourcedFile, masks: string | undefined) {
  if (masks === undefined) return null;
  const path = join(masks, `${basename(file).replace(/\.[^.]+$/, '')}.png`);
  return existsSync(path) ? readMask(path) : null;
}
