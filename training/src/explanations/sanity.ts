import type { Progress } from '@lucency/command-line';
import { meanWithInterval, rounded } from '@lucency/evaluation';
import type { ExplanationFigures } from '@lucency/model/card';
import type { ModelRunner } from '@lucency/model/onnx';
import type { Resampling } from '@lucency/statistics';
import { seededRandom, shuffle } from '@lucency/statistics';
import { toRgb } from '../augmentation/picture.js';
import { readPicture } from '../pictures/read-picture.js';
import type { ExplainedImage, ReadPicture } from './explain-images.js';
import type { RandomisedPart } from './randomised-models.js';
import { rankCorrelation } from './rank-correlation.js';

export interface SanityOptions {
  /** `openRandomised` of the model's directory. */
  readonly open: (part: RandomisedPart, seed: number) => Promise<Pick<ModelRunner, 'run' | 'close'>>;
  /** Images drawn for it (100); each is read once by every such model, in single precision. */
  readonly images?: number;
  readonly parts?: readonly RandomisedPart[];
  /** One model of random weights each (1, 2, 3, 4): maps of a single one may be alike, or opposite, by chance. */
  readonly seeds?: readonly number[];
  /** What the model is shown of a file, for one that is not shown all of it. */
  readonly read?: ReadPicture;
}

/**
 * Adebayo et al. 2018: maps that hardly change when what was learnt is taken away show the picture, not the model.
 * The signed mean over models tells whether anything of the trained maps is left; its size also grows with maps that
 * are as smooth as these.
 */
export async function correlateWithRandomised(
  images: readonly ExplainedImage[],
  {
    open,
    images: most = 100,
    parts = ['head', 'head and conv5'],
    seeds = [1, 2, 3, 4],
    read = readPicture,
  }: SanityOptions,
  progress: Progress,
  resampling?: Resampling,
): Promise<ExplanationFigures['sanity']> {
  const drawn = shuffle([...images], seededRandom(1)).slice(0, most);
  const rows: ExplanationFigures['sanity'] = [];
  for (const part of parts) {
    const correlations = drawn.map(({ label, patient }) => ({ label, patient, signed: 0, size: 0 }));
    for (const [turn, seed] of seeds.entries()) {
      const model = await open(part, seed);
      for (const [index, { file, evidence }] of drawn.entries()) {
        const answer = await model.run([toRgb(await read(file.path))]);
        const row = correlations[index];
        const correlation = rankCorrelation(evidence, answer.evidence) / seeds.length;
        if (row) [row.signed, row.size] = [row.signed + correlation, row.size + Math.abs(correlation)];
        progress.show(`random ${part}`, turn * drawn.length + index + 1, seeds.length * drawn.length);
      }
      await model.close();
    }
    rows.push({
      randomised: part,
      models: seeds.length,
      images: drawn.length,
      correlation: meanWithInterval(correlations, ({ signed }) => signed, resampling),
      absolute: rounded(correlations.reduce((sum, { size }) => sum + size, 0) / Math.max(1, drawn.length)),
    });
  }
  return rows;
}
