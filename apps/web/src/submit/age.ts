import { ageInWords } from '../findings/age';

/** What was typed, as it was typed. */
export interface AgeAnswer {
  years: string;
  months: string;
  unknown: boolean;
}

export type AgeRead =
  | { kind: 'empty' }
  | { kind: 'unknown' }
  | { kind: 'age'; months: number; words: string }
  /** `fault` says what is wrong with what was typed, and what to type. */
  | { kind: 'wrong'; fault: string };

export const noAge: AgeAnswer = { years: '', months: '', unknown: false };

const maxAgeYears = 150;

/** Understands years as 1, 1.5 or 1,5 and months as any whole number; never guesses at anything else. */
export function readAge({ years, months, unknown }: AgeAnswer): AgeRead {
  if (unknown) return { kind: 'unknown' };
  if (!years.trim() && !months.trim()) return { kind: 'empty' };
  const inYears = readNumber('Years', years);
  const inMonths = readNumber('Months', months);
  if (typeof inYears === 'string') return { kind: 'wrong', fault: inYears };
  if (typeof inMonths === 'string') return { kind: 'wrong', fault: inMonths };
  if (!Number.isInteger(inMonths)) return { kind: 'wrong', fault: 'Months takes whole months.' };
  if (months.trim() && !Number.isInteger(inYears)) {
    return { kind: 'wrong', fault: 'Give whole years beside months, or the years alone.' };
  }
  // In twelfths, so that 0.1 years and the like are not whole by rounding.
  const total = Math.round(inYears * 12 * 1e6) / 1e6 + inMonths;
  if (!Number.isInteger(total)) {
    return { kind: 'wrong', fault: `${years.trim()} years are not whole months: give years and months.` };
  }
  if (total > maxAgeYears * 12) {
    return { kind: 'wrong', fault: `That would be more than ${maxAgeYears} years. Check the numbers.` };
  }
  return { kind: 'age', months: total, words: ageInWords(total) };
}

/** Null when unknown, not answered or wrong. */
export function ageInMonths(age: AgeAnswer): number | null {
  const read = readAge(age);
  return read.kind === 'age' ? read.months : null;
}

/** A number, 0 when nothing was typed, or a sentence about why it is none. */
function readNumber(label: string, typed: string): number | string {
  const text = typed.normalize('NFKC').trim().replace(',', '.');
  if (text === '') return 0;
  if (/^[-\u2212]\d*\.?\d+$/.test(text)) return `${label}: an age cannot be below zero.`;
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) return `${label} takes a number, not “${typed.trim()}”.`;
  return Number(text);
}
