import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { labels, readLabelled } from '@lucency/evaluation';
import { decide, type ReportSections } from '@lucency/model/card';
import type { ModelRunner } from '@lucency/model/onnx';
import { toRgb } from '../augmentation/picture.js';
import { readPicture } from '../pictures/read-picture.js';

/**
 * Full-size originals (`DIR/NORMAL`, `DIR/PNEUMONIA`) against the small versions of the same names that training
 * used: how far the way of reading pixels moves an answer.
 */
export async function compareTwins(
  fullSize: string,
  small: string,
  runner: Pick<ModelRunner, 'run'>,
  card: Parameters<typeof decide>[1],
): Promise<NonNullable<ReportSections['twins']>> {
  const answer = async (path: string) => {
    const { logits } = await runner.run([toRgb(await readPicture(path))]);
    return logits[0] ?? Number.NaN;
  };
  const differences: number[] = [];
  let decisionsDiffer = 0;
  for (const { path, label } of await readLabelled(fullSize, '')) {
    const twin = [small, join(small, 'train')]
      .map((folder) => join(folder, label, basename(path)))
      .find((file) => existsSync(file));
    if (!twin) continue;
    const [large, little] = [await answer(path), await answer(twin)];
    differences.push(Math.abs(large - little));
    if (decide(large, card).decision !== decide(little, card).decision) decisionsDiffer += 1;
  }
  if (differences.length === 0)
    throw new Error(`${fullSize} holds no ${labels.join(' or ')} image that ${small} has too`);
  const sorted = differences.sort((a, b) => a - b);
  return {
    pairs: sorted.length,
    medianLogitDifference: sorted[Math.floor(sorted.length / 2)] ?? 0,
    largestLogitDifference: sorted.at(-1) ?? 0,
    decisionsDiffer,
  };
}
