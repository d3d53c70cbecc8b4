import { readFile } from 'node:fs/promises';
import type { Progress } from '@lucency/command-line';
import { type EvaluatedFile, imageKey, type LabelledFile } from '@lucency/evaluation';
import { refusals } from '@lucency/messaging';
import { classifyFile } from '../classify/classify-file.js';
import { inOrder } from '../in-order.js';
import type { OpenReader } from '../reader.js';

/** Enough to keep every thread that prepares and every batch of the engine filled. */
const filesAtOnce = 32;

export interface EvaluatedFiles {
  rows: EvaluatedFile[];
  /** Files without any answer, and why. */
  unread: { file: string; why: string }[];
}

/** Reads every file with the serving code. Milliseconds of a row are wall clock shared among all, from start to end. */
export async function evaluateFiles(
  files: readonly LabelledFile[],
  reader: OpenReader,
  progress: Progress,
): Promise<EvaluatedFiles> {
  const rows: EvaluatedFile[] = [];
  const unread: EvaluatedFiles['unread'] = [];
  let last = performance.now();
  let done = 0;
  const answers = inOrder(files, filesAtOnce, async (labelled) => ({
    labelled,
    answer: await classifyFile(labelled.path, reader),
  }));
  for await (const { labelled, answer } of answers) {
    const now = performance.now();
    const { file, label } = labelled;
    // The same name in both folders is two people, where names say nothing of patients.
    const patient = `${label} ${labelled.patient}`;
    const milliseconds = now - last;
    last = now;
    done += 1;
    progress.show('reading images', done, files.length);
    if (answer.outcome === 'unread') {
      unread.push({ file, why: answer.why });
      continue;
    }
    const common = { image: imageKey(await readFile(labelled.path)), patient, label, milliseconds };
    if (answer.outcome === 'read')
      rows.push({ ...common, probability: answer.reading.probability, refused: null });
    else rows.push({ ...common, probability: null, refused: answer.reason });
  }
  return { rows, unread };
}

/** Lines that say how many images were refused for which reason. */
export function refusalLines(rows: readonly EvaluatedFile[]): string[] {
  return Object.entries(refusals).flatMap(([code, message]) => {
    const count = rows.filter(({ refused }) => refused === code).length;
    return count > 0 ? [`  ${String(count).padStart(6)}  ${code}: ${message}`] : [];
  });
}
