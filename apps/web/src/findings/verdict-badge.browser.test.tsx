import { describe, expect, it } from 'vitest';
import type { ReadingState } from '../gql/graphql';
import { show, wordsOf } from '../testing/show';
import { imageWith, readingWith, studyWith, trainedFor } from '../testing/study';
import { verdictOf } from './verdict';
import { VerdictBadge } from './verdict-badge';

function shown(study: Parameters<typeof verdictOf>[0]) {
  const badge = show(<VerdictBadge verdict={verdictOf(study)} />).querySelector('[data-tone]');
  return { words: wordsOf(badge), tone: badge?.getAttribute('data-tone') };
}

const normal = imageWith({ reading: readingWith({ decision: 'NORMAL' }) });
const outside = { withinRange: false, message: trainedFor };

describe('the verdict on a study', () => {
  it.each<[ReadingState, string, string]>([
    ['RECEIVED', 'Received', 'quiet'],
    ['QUEUED', 'Being read', 'quiet'],
    ['NOT_READ', 'Not read', 'quiet'],
    ['REFUSED', 'Refused', 'caution'],
    ['FAILED', 'Failed', 'alarm'],
  ])('of %s reads "%s"', (readingState, words, tone) => {
    expect(shown(studyWith({ readingState }))).toEqual({ words, tone });
  });

  it('says what is suspected, never what is so', () => {
    expect(shown(studyWith())).toEqual({ words: 'Pneumonia suspected', tone: 'alarm' });
    expect(shown(studyWith({ images: [normal] }))).toEqual({ words: 'Not suspected', tone: 'good' });
    expect(shown(studyWith({ images: [normal, imageWith()] })).words).toBe('Pneumonia suspected');
  });

  it('carries its limit, in the colours of neither answer, for patients whom the model was not made for', () => {
    const old = { intendedUse: outside, patientAgeMonths: 540 };
    const unknown = { intendedUse: outside, patientAgeMonths: null };
    expect(shown(studyWith(old))).toEqual({
      words: 'Pneumonia suspected, outside trained age',
      tone: 'caution',
    });
    expect(shown(studyWith({ ...unknown, images: [normal] }))).toEqual({
      words: 'Not suspected, age unknown',
      tone: 'caution',
    });
  });

  it('is that it was withdrawn, whatever was read before', () => {
    const withdrawal = { at: '2030-03-02T11:00:00Z', reason: 'another patient', by: null };
    expect(shown(studyWith({ withdrawal }))).toEqual({ words: 'Withdrawn', tone: 'quiet' });
  });
});
