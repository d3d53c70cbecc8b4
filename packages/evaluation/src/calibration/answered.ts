import type { Calibration } from '@lucency/model/card';
import { calibrate } from '@lucency/model/card';
import type { ScoredImage } from '../confusion.js';

/** What the network answered to one image of a patient, plain or disturbed, uncalibrated. */
export interface Answered {
  readonly logit: number;
  /** 1 is pneumonia. */
  readonly label: 0 | 1;
  readonly patient: string;
}

export function withProbabilities(answers: readonly Answered[], calibration: Calibration): ScoredImage[] {
  return answers.map(({ logit, label, patient }) => ({
    label,
    patient,
    probability: calibrate(logit, calibration),
  }));
}

/** Each patient weighs one in all, however many images and disturbed copies there are of them. */
export function patientWeights(answers: readonly Answered[]): Float64Array {
  const rows = new Map<string, number>();
  for (const { patient } of answers) rows.set(patient, (rows.get(patient) ?? 0) + 1);
  return Float64Array.from(answers, ({ patient }) => 1 / (rows.get(patient) ?? 1));
}

/** Weighted mean cross-entropy in nats. */
export function logLoss(answers: readonly Answered[], calibration: Calibration): number {
  const weights = patientWeights(answers);
  const [slope, offset] = lineOf(calibration);
  let [total, loss] = [0, 0];
  answers.forEach(({ logit, label }, index) => {
    const towards = (slope * logit + offset) * (label === 1 ? 1 : -1);
    const weight = weights[index] ?? 0;
    total += weight;
    // log(1 + e^-x) without overflow.
    loss += weight * (Math.max(0, -towards) + Math.log1p(Math.exp(-Math.abs(towards))));
  });
  return loss / total;
}

/** Every calibration is a line in the logit before the sigmoid: slope and offset. */
function lineOf(calibration: Calibration): readonly [number, number] {
  switch (calibration.method) {
    case 'identity':
      return [1, 0];
    case 'temperature':
      return [1 / calibration.temperature, 0];
    case 'platt':
      return [calibration.slope, calibration.offset];
  }
}
