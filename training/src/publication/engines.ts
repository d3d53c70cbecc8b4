import type { Progress } from '@lucency/command-line';
import { Ranking } from '@lucency/evaluation';
import type { EngineRow, ModelCard } from '@lucency/model/card';
import { decide, type Engine, type EngineName, inputSize } from '@lucency/model/card';
import { correlation } from '@lucency/statistics';
import { toRgb } from '../augmentation/picture.js';
import type { Shown } from '../dataset/examples.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import type { Answer } from '../selection/answers.js';

/** Answers of one engine to the same images as the others', in the same order. */
export interface EngineAnswers {
  readonly engine: EngineName;
  readonly answers: readonly Answer[];
}

/** How far every engine is from single precision in ONNX Runtime. */
export function compareEngines(
  reference: EngineAnswers,
  others: readonly EngineAnswers[],
  card: Pick<ModelCard, 'calibration' | 'threshold'>,
): EngineRow[] {
  return [reference, ...others].map(({ engine, answers }) => {
    const expected = reference.answers.slice(0, answers.length);
    const differ = answers.filter(
      ({ logit }, at) =>
        decide(logit, card).decision !== decide(expected[at]?.logit ?? Number.NaN, card).decision,
    );
    const correlations = answers.flatMap(({ evidence }, at) => {
      const other = expected[at]?.evidence;
      return evidence && other ? [correlation(evidence, other)] : [];
    });
    return {
      engine,
      images: answers.length,
      auc: new Ranking(answers.map(({ label, logit }) => ({ label, probability: logit }))).area(),
      decisionsDiffer: differ.length / answers.length,
      evidenceCorrelation: correlations.reduce((sum, one) => sum + one, 0) / correlations.length,
      milliseconds: answers.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0) / answers.length,
    };
  });
}

/** The same pictures through an engine opened from the artefact, one at a time. */
export async function throughEngine(
  engine: Engine,
  shown: readonly Shown[],
  pool: PicturePool,
  progress: Progress,
): Promise<EngineAnswers> {
  const answers: Answer[] = [];
  for (const one of shown) {
    const shades = await pool.treat([one], inputSize);
    const { logit, evidence, milliseconds } = await engine.classify(toRgb({ side: inputSize, shades }));
    answers.push({ ...one, logit, evidence, milliseconds });
    progress.show(`test, ${engine.name}`, answers.length, shown.length);
  }
  return { engine: engine.name, answers };
}
