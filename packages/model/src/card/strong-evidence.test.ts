import { expect, it } from 'vitest';
import { calibrate } from './decide.js';
import type { Calibration } from './model-card.js';
import { strongEvidence } from './strong-evidence.js';

const calibrations: Calibration[] = [
  { method: 'identity' },
  { method: 'temperature', temperature: 0.6567 },
  { method: 'platt', slope: 0.8, offset: -1 },
];

it.each(calibrations)('raises the odds by half, with $method as without', (calibration) => {
  const odds = (logit: number) => {
    const probability = calibrate(logit, calibration);
    return probability / (1 - probability);
  };
  expect(odds(0.3 + strongEvidence(calibration)) / odds(0.3)).toBeCloseTo(1.5, 9);
});
