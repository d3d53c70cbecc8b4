import { z } from 'zod';
import type { Submission } from './submission';

const place = 'lucency-submit-answers';

const keptAnswers = z.object({
  fileName: z.string(),
  bytes: z.number(),
  lastModified: z.number(),
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

export function forgetDrafts(): void {
  sessionStorage.removeItem(place);
}

export function answersOf({ file, reference, age, stat }: Submission): KeptAnswers {
  const { name, size, lastModified } = file;
  return { fileName: name, bytes: size, lastModified, reference, age, stat };
}

export function isAbout(answers: KeptAnswers, file: File): boolean {
  return (
    answers.fileName === file.name &&
    answers.bytes === file.size &&
    answers.lastModified === file.lastModified
  );
}

export function isAnswered({ reference, age, stat }: KeptAnswers): boolean {
  return reference !== '' || age.years !== '' || age.months !== '' || age.unknown || stat;
}
