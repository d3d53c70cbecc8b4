import type { ModelCard, Purpose } from '@lucency/model/card';
import { builder } from '../builder.js';

export const OperatingPurpose = builder.enumType('OperatingPurpose', {
  description: 'What a threshold was chosen for.',
  values: {
    SCREENING: { value: 'screening', description: 'To miss nobody.' },
    BALANCED: { value: 'balanced', description: 'To weigh both errors alike.' },
    RULE_IN: { value: 'rule-in', description: 'To be sure before acting.' },
  } satisfies Record<string, { value: Purpose; description: string }>,
});

/** What the threshold of a reading is for, if the card is of the model that read and says so. */
export function purposeOf(card: ModelCard, reading: { modelId: string; threshold: number }): Purpose | null {
  if (card.id !== reading.modelId) return null;
  return card.operatingPoints.find(({ threshold }) => threshold === reading.threshold)?.purpose ?? null;
}
