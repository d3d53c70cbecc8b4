import type { CautionCode, SubmissionCautionCode } from '@lucency/contracts';
import type { Tone } from './verdict';

export interface CautionWords {
  title: string;
  /** For a line in a list. */
  short: string;
  tone: Tone;
}

const known: Record<CautionCode | SubmissionCautionCode, CautionWords> = {
  EVIDENCE_OUTSIDE_LUNGS: {
    title: 'What speaks for pneumonia lies outside the lungs',
    short: 'evidence outside the lungs',
    tone: 'caution',
  },
  UNLIKE_TRAINING: {
    title: 'Unlike the images the model knows',
    short: 'unlike training images',
    tone: 'caution',
  },
  ROTATED: { title: 'This image seems to be turned', short: 'turned', tone: 'caution' },
  MIRRORED: { title: 'This image seems to be mirrored', short: 'mirrored', tone: 'caution' },
  SAME_IMAGE_OTHER_PATIENT: {
    title: 'The same image is that of another patient',
    short: 'same image as another patient',
    tone: 'caution',
  },
  MARGINS_CUT: { title: 'Margins of this image were cut off', short: 'margins cut off', tone: 'caution' },
  // Put right before the reading, so only worth knowing.
  INVERTED: { title: 'This image came as a negative', short: 'was a negative', tone: 'quiet' },
};

/** How to say a caution; one of a newer gateway is said by its own sentence under a general title. */
export function cautionInWords(code: string): CautionWords {
  const words: Partial<Record<string, CautionWords>> = known;
  return words[code] ?? { title: 'Read this image with care', short: 'caution', tone: 'caution' };
}
