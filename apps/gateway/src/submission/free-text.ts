import { InputError } from './errors.js';

/**
 * Control, format and bidi characters, which make a text look other than it is, halves of surrogate pairs, and what is
 * no character at all. Joiners (U+200C, U+200D) stay: Persian and the scripts of India need them.
 */
const unseen = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * What a person wrote for others to read: trimmed, in NFC, line breaks as blanks.
 * @throws InputError naming the field
 */
export function freeText(field: string, given: string, maxLength: number): string {
  const text = given
    .normalize('NFC')
    .replace(/[\r\n\t]+/g, ' ')
    .trim();
  if (text.length > maxLength || !visible.test(text)) {
    throw new InputError(field, `Write 1 to ${maxLength} characters that can be read.`);
  }
  if (unseen.test(text)) {
    throw new InputError(field, 'Leave out characters that cannot be seen, such as marks of direction.');
  }
  return text;
}
