import { z } from 'zod';
import type { Submission } from './submission';

const place = 'lucency-submit-answers';

const keptAnswers = z.object({
  fileName: z.string(),
  /** By its content alone: another patient's file may have the same name. */
  sha256: z.string(),
  reference: z.string(),
  age: z.object({ years: z.string(), months: z.string(), unknown: z.boolean() }),
  stat: z.boolean(),
});
/** What was typed about a file that was not sent yet. */
export type KeptAnswers = z.infer<typeof keptAnswers>;

const all = keptAnswers.array().catch([]);

/**
 * Files do not outlive a reload, but what was typed about them does, in this tab alone and until it is closed or
 * the person signs out.
 */
export function keepAnswers(answers: readonly KeptAnswers[]): void {
  if (answers.length > 0) sessionStorage.setItem(place, JSON.stringify(answers));
  else sessionStorage.removeItem(place);
}

export function readKeptAnswers(): KeptAnswers[] {
  const stored = sessionStorage.getItem(place);
  if (!stored) return [];
  try {
    return all.parse(JSON.parse(stored));
  } catch {
    return [];
  }
}

/** Nothing where nothing was typed, or the checksum is not known yet. */
export function answersOf(submission: Submission, sha256: string | undefined): KeptAnswers[] {
  const { file, reference, age, stat } = submission;
  const isAnswered = reference !== '' || age.years !== '' || age.months !== '' || age.unknown || stat;
  return sha256 && isAnswered ? [{ fileName: file.name, sha256, reference, age, stat }] : [];
}
