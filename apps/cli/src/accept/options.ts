import { InputError } from '../usage.js';

/** @throws InputError, as the others here, for anything else than one of the words. */
export function oneOf<Word extends string>(option: string, typed: string, words: readonly Word[]): Word {
  const word = words.find((known) => known === typed);
  if (!word) throw new InputError(`${option} is ${typed}; it may be ${words.join(', ')}.`);
  return word;
}

/** A share between 0 and 1, neither of them. */
export function share(option: string, typed: string): number {
  const value = typed.trim() === '' ? Number.NaN : Number(typed);
  if (!(value > 0 && value < 1)) throw new InputError(`${option} is ${typed}; it is a share, such as 0.05.`);
  return value;
}

export function wholeNumbers(option: string, typed: string): number[] {
  return typed.split(',').map((part) => {
    const value = /^\d+$/.test(part.trim()) ? Number(part) : Number.NaN;
    if (Number.isNaN(value)) throw new InputError(`${option} is ${typed}; it takes whole numbers.`);
    return value;
  });
}
