import { describe, expect, it } from 'vitest';
import { show, wordsOf } from '../testing/show';
import { imageWith, type Reading, readingWith, studyWith, trainedFor } from '../testing/study';
import { Assessment } from './assessment';

const outside = {
  patientAgeMonths: 540,
  intendedUse: { withinRange: false, message: `At 45 years the answer may be wrong. ${trainedFor}` },
};

function shown(other: Partial<Reading>, study = studyWith()): string {
  const image = imageWith({ reading: readingWith(other) });
  return wordsOf(show(<Assessment study={{ ...study, images: [image] }} image={image} />));
}

const claims = (...says: Reading['claims'][number]['says'][]) => ({
  claims: says.map((each, index) => ({ coverage: [0.95, 0.9][index] ?? 0.9, says: each })),
});

describe('the assessment of an image', () => {
  it('says of each decision what it means, and that no answer rules pneumonia out', () => {
    expect(shown({ decision: 'PNEUMONIA' })).toContain(
      'At or above the threshold: the model suspects pneumonia.',
    );
    expect(shown({ decision: 'NORMAL', probability: 0.1 })).toContain(
      'Below the threshold: the model does not suspect pneumonia. That does not rule it out.',
    );
  });

  it('is never a diagnosis by itself, whatever it says and of whomever', () => {
    const never = 'Never a diagnosis by itself. A qualified person decides.';
    expect(shown({ decision: 'PNEUMONIA' })).toContain(`${never} ${trainedFor}`);
    expect(shown({ decision: 'NORMAL' })).toContain(never);
    expect(shown({}, studyWith(outside))).toContain(never);
    const queued = imageWith({ readingState: 'QUEUED', reading: null });
    const waiting = wordsOf(show(<Assessment study={studyWith()} image={queued} />));
    expect(waiting).toContain(never);
    expect(waiting).toContain(
      'The image is being read, usually within seconds. This page updates by itself.',
    );
  });

  it('is not to be relied on for a patient whom the model was not made for', () => {
    for (const decision of ['NORMAL', 'PNEUMONIA'] as const)
      expect(shown({ decision }, studyWith(outside))).toContain(
        'Do not rely on this answer for this patient.',
      );
    expect(shown({})).not.toContain('Do not rely');
  });

  it('never gives a probability of nothing or of everything', () => {
    expect(shown({ probability: 0.002, decision: 'NORMAL' })).toMatch(/< 1 % probability of pneumonia/);
    expect(shown({ probability: 0.999 })).toMatch(/> 99 % probability of pneumonia/);
    expect(shown({})).toMatch(/83 % probability of pneumonia Threshold 40 %/);
  });

  it('claims an answer only as far as its standard goes', () => {
    const standard = 'By a standard that is wrong for at most';
    expect(shown(claims('PNEUMONIA', 'PNEUMONIA'))).toContain(
      `Pneumonia, reasonably certain. ${standard} 5 in 100 patients like those the model was calibrated on.`,
    );
    expect(shown(claims('CANNOT_TELL', 'PNEUMONIA'))).toContain(
      `Pneumonia, less certain. ${standard} 10 in 100 patients like those the model was calibrated on; a stricter one leaves both answers open.`,
    );
    expect(shown({ decision: 'NORMAL', ...claims('NORMAL', 'NORMAL') })).toContain(
      'Normal, reasonably certain.',
    );
  });

  it('is uncertain where no standard leaves one answer, or only one against the decision', () => {
    const uncertain =
      'Uncertain. Even if 10 in 100 patients may be judged wrongly, this image alone allows no single answer.';
    expect(shown(claims('CANNOT_TELL', 'CANNOT_TELL'))).toContain(uncertain);
    expect(shown({ decision: 'NORMAL', ...claims('CANNOT_TELL', 'PNEUMONIA') })).toContain(uncertain);
    expect(shown({})).not.toMatch(/certain/i);
  });

  it('gives the type of a suspected pneumonia as a hint, and of no other', () => {
    const type = { bacterial: 0.6, viral: 0.2, says: 'BACTERIAL' } as const;
    expect(shown({ type })).toContain(
      'Looks more like bacterial pneumonia (75 %) than viral (25 %). A hint only, learnt from children of one hospital: no reason to choose an antibiotic or to leave one out.',
    );
    expect(shown({ type: { bacterial: 0.2, viral: 0.6, says: 'VIRAL' } })).toContain(
      'Looks more like viral pneumonia (75 %) than bacterial (25 %).',
    );
    expect(shown({ type: { ...type, says: 'UNCERTAIN' } })).toContain(
      'Bacterial or viral: uncertain. This image alone does not tell.',
    );
    expect(shown({ decision: 'NORMAL', type })).not.toMatch(/bacterial|viral/i);
  });

  it.each([
    ['SCREENING', 'Screening: to miss nobody'],
    ['BALANCED', 'Balanced: both errors weigh alike'],
    ['RULE_IN', 'Ruling in: to be sure before acting'],
  ] as const)('names what a threshold for %s is for', (operatingPoint, words) => {
    expect(shown({ operatingPoint })).toContain(`Threshold for ${words}`);
  });
});
