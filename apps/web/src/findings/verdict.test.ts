import { describe, expect, it } from 'vitest';
import { verdictOf } from './verdict';

const study = (decision: 'NORMAL' | 'PNEUMONIA', withinRange: boolean, patientAgeMonths: number | null) => ({
  readingState: 'CLASSIFIED' as const,
  withdrawal: null,
  patientAgeMonths,
  intendedUse: { withinRange },
  images: [{ reading: { decision } }],
});

describe('the verdict on a study', () => {
  it('is plain only for a patient whom the model was trained on', () => {
    expect(verdictOf(study('NORMAL', true, 30))).toMatchObject({ words: 'Not suspected', tone: 'good' });
    expect(verdictOf(study('PNEUMONIA', true, 30))).toMatchObject({ tone: 'alarm' });
  });

  it('carries a mark for any other patient, whatever was found', () => {
    expect(verdictOf(study('NORMAL', false, 600))).toEqual({
      kind: 'unreliable',
      words: 'Not suspected, outside trained age',
      tone: 'caution',
    });
    expect(verdictOf(study('PNEUMONIA', false, null))).toMatchObject({
      words: 'Pneumonia suspected, age unknown',
      tone: 'caution',
    });
  });
});
