import type { Progress } from '@lucency/command-line';
import { type EvidencePlaced, groupBy, measureInBoxes, measureInLungs } from '@lucency/evaluation';
import { cropBox, wholePicture } from '@lucency/imaging/lungs';
import { type ModelCard, type ModelCompared, type ReportSections, readModelCard } from '@lucency/model/card';
import { createOnnxEngine } from '@lucency/model/onnx';
import type { Data, DataExample } from '../dataset/data.js';
import { PicturePool } from '../pictures/picture-pool.js';
import { PictureStore } from '../pictures/picture-store.js';
import type { Answer } from '../selection/answers.js';
import { throughEngine } from './engines.js';
import { figuresOnSets, hardSets, sourceSets } from './measure.js';

export interface Comparison {
  /** Directory of the model before; without it nothing is compared. */
  readonly before: string | undefined;
  readonly data: Data;
  readonly threads: number;
  readonly progress: Progress;
}

/** A model with its answers to the test pictures, undisturbed, in their order. */
export interface Judged {
  readonly id: string;
  readonly card: Pick<ModelCard, 'calibration' | 'threshold' | 'input'>;
  readonly answers: readonly Answer[];
}

/** This model and the one before on the same test pictures, where lungs are known. */
export async function comparedOn(
  tested: readonly DataExample[],
  own: Judged,
  { before, data, threads, progress }: Comparison,
): Promise<Pick<ReportSections, 'models'>> {
  if (!data.store.memory.lungs) return {};
  const models = [judge(tested, own, data)];
  if (before) models.push(judge(tested, await answersOfModel(before, tested, data, threads, progress), data));
  return { models };
}

async function answersOfModel(
  directory: string,
  tested: readonly DataExample[],
  { store }: Data,
  threads: number,
  progress: Progress,
): Promise<Judged> {
  const card = await readModelCard(directory);
  const { pictures, lungs } = store.memory;
  const shown = new PictureStore({ pictures, lungs: card.input.crop === 'lungs' ? lungs : undefined });
  const pool = new PicturePool(shown, 1);
  const engine = await createOnnxEngine({ modelDir: directory, precision: 'int8', threads });
  const asTheyAre = tested.map((example) => ({ ...example, treatment: 'plain' as const, seed: 0 }));
  const { answers } = await throughEngine(engine, asTheyAre, pool, progress);
  await engine.close();
  await pool.close();
  return { id: card.id, card, answers };
}

export function judge(
  tested: readonly DataExample[],
  { id, card, answers }: Judged,
  { store }: Data,
): ModelCompared {
  const clear = answers.filter(({ otherAbnormal }) => !otherAbnormal);
  const sets = [...sourceSets(clear, card.calibration), ...hardSets(answers, card.calibration)];
  const placed = tested.flatMap((example, at): (EvidencePlaced & Pick<DataExample, 'source'>)[] => {
    const [evidence, lungs] = [answers[at]?.evidence, store.lungs(example.index)];
    if (example.label === 0 || !evidence || !lungs) return [];
    const shown = card.input.crop === 'lungs' ? cropBox(lungs) : wholePicture;
    return [{ ...example, evidence, lungs, shown }];
  });
  const boxed = placed.filter(({ boxes }) => boxes.length > 0);
  return {
    model: id,
    threshold: card.threshold,
    sets: figuresOnSets(sets, card.threshold),
    lungs: [...groupBy(placed, ({ source }) => source)].map(([name, of]) => measureInLungs(name, of)),
    boxes: [...groupBy(boxed, ({ source }) => source)].map(([name, of]) => measureInBoxes(name, of)),
  };
}
