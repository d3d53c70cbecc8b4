import type { Progress } from '@lucency/command-line';
import { chooseCalibration } from '@lucency/evaluation';
import type { ModelCompared } from '@lucency/model/card';
import { fit } from '../fitting/fit.js';
import { PicturePool } from '../pictures/picture-pool.js';
import { judge } from '../publication/compared.js';
import { served } from '../publication/measure.js';
import type { Variant } from './variants.js';

export interface Ablation {
  readonly variants: readonly Variant[];
  readonly start: string;
  readonly seed: number;
  readonly threads: number;
  readonly interrupted: () => boolean;
}

/**
 * Trains each variant for as long as the others, and judges it on the validation patients: test patients choose nothing,
 * and what is found here might choose a part of the next recipe. Calibrated on the calibration patients, so that the
 * calibration error says something; the threshold is a half.
 */
export async function ablate(
  { variants, start, seed, threads, interrupted }: Ablation,
  progress: Progress,
): Promise<ModelCompared[]> {
  const rows: ModelCompared[] = [];
  for (const { name, recipe, data, shown } of variants) {
    progress.say(`ablation: ${name}`);
    const fitted = await fit({ recipe, data, seed, threads, start, resume: true, interrupted }, progress);
    const pool = new PicturePool(data.store, Math.max(1, threads - 1));
    const model = { tensors: fitted.tuned, ranges: {}, views: 'one' as const };
    const asShown = (examples: typeof data.parts.validation) =>
      examples.map((example) => ({ ...example, treatment: shown, seed: 0 }));
    const step = { threads, progress, step: name };
    const { validation } = data.parts;
    const answers = await served(model, 'fp32', asShown(validation), pool, step);
    const calibrating = await served(model, 'fp32', asShown(data.parts.calibration), pool, step);
    await pool.close();
    const { calibration } = chooseCalibration(calibrating);
    const input = { crop: shown === 'uncropped' ? ('none' as const) : ('lungs' as const) };
    const plain = answers.map((answer) => ({ ...answer, treatment: 'plain' as const }));
    rows.push(
      judge(validation, { id: name, card: { calibration, threshold: 0.5, input }, answers: plain }, data),
    );
  }
  return rows;
}
