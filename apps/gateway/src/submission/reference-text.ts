/** Letters with their marks, digits, punctuation, symbols and blanks, of every script; no control of any kind. */
const printable = /^[\p{L}\p{N}\p{P}\p{S} ](?:[\p{L}\p{M}\p{N}\p{P}\p{S} ]|\u200c|\u200d)*$/u;

/**
 * Zero width joiners are part of the spelling in these scripts (Persian names are written with them) and invisible
 * in all others, where two references that look alike would be two patients.
 */
const strayJoiner =
  /(?<![\p{Script=Arab}\p{Script=Syrc}\p{Script=Mong}\p{Script=Deva}\p{Script=Beng}\p{Script=Guru}\p{Script=Gujr}\p{Script=Orya}\p{Script=Taml}\p{Script=Telu}\p{Script=Knda}\p{Script=Mlym}\p{Script=Sinh}\p{M}])[\u200c\u200d]/u;

/**
 * One spelling for what looks the same: composed (NFC), every kind of blank a space, none around it. References are
 * stored and searched in it.
 */
export function normalizeReference(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Zs}/gu, ' ')
    .trim();
}

/** Whether a normalized text can be read as it is stored: no controls, no mark without its letter. */
export function isPrintable(text: string): boolean {
  return printable.test(text) && !strayJoiner.test(text);
}
