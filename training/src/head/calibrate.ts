import { calibrate } from '@lucency/model/card';
import { confusionAt, rates, type Scored } from '../evaluation/metrics.js';

export interface Answered {
  readonly logit: number;
  readonly label: 0 | 1;
}

/** The temperature of least cross-entropy (Guo et al. 2017), by golden sections of its logarithm. */
export function fitTemperature(answers: readonly Answered[]): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.05), Math.log(20)];
  while (high - low > 1e-4) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (crossEntropy(answers, Math.exp(a)) < crossEntropy(answers, Math.exp(b))) high = b;
    else low = a;
  }
  return Number(Math.exp((low + high) / 2).toFixed(4));
}

function crossEntropy(answers: readonly Answered[], temperature: number): number {
  const total = answers.reduce((sum, { logit, label }) => {
    const towards = (label === 1 ? logit : -logit) / temperature;
    // log(1 + e^-x) without overflow.
    return sum + Math.max(0, -towards) + Math.log1p(Math.exp(-Math.abs(towards)));
  }, 0);
  return total / answers.length;
}

export function withProbabilities(answers: readonly Answered[], temperature: number): Scored[] {
  return answers.map(({ logit, label }) => ({
    label,
    probability: calibrate(logit, { method: 'temperature', temperature }),
  }));
}

/**
 * The threshold of highest sensitivity + specificity (Youden 1950), halfway between neighbouring answers; of
 * equals the one nearest to a half. For validation images only, never for those a figure is reported on.
 */
export function chooseThreshold(rows: readonly Scored[]): number {
  const said = [...new Set(rows.map(({ probability }) => probability))].sort((a, b) => a - b);
  const candidates = said.slice(1).map((probability, index) => (probability + (said[index] ?? 0)) / 2);
  let best = { index: -1, threshold: 0.5 };
  for (const threshold of candidates) {
    const { sensitivity, specificity } = rates(confusionAt(rows, threshold));
    const index = sensitivity + specificity;
    const nearer = Math.abs(threshold - 0.5) < Math.abs(best.threshold - 0.5);
    if (index > best.index || (index === best.index && nearer)) best = { index, threshold };
  }
  return Number(best.threshold.toFixed(4));
}
