import { describe, expect, it } from 'vitest';
import { InputError } from './errors.js';
import { freeText } from './free-text.js';

const reason = (given: string) => freeText('reason', given, 500);

describe('free text', () => {
  it.each([
    ['blanks around it', '  wrong patient ', 'wrong patient'],
    ['a line break', 'wrong patient\r\nsee note', 'wrong patient see note'],
    ['decomposed accents', 'Patientin verwechselt: Mu\u0308ller', 'Patientin verwechselt: Müller'],
    ['a right-to-left script', 'المريض الخطأ', 'المريض الخطأ'],
    ['joiners of Persian and Hindi', 'نمی\u200cخواهم क्\u200dष', 'نمی\u200cخواهم क्\u200dष'],
    ['an emoji', 'wrong side 🫁', 'wrong side 🫁'],
  ])('keeps %s, in NFC', (_name, given, kept) => {
    expect(reason(given)).toBe(kept);
  });

  it.each([
    ['a NUL character', 'a\u0000b'],
    ['an escape sequence', '\u001b[31mred'],
    ['an override of direction', '\u202etneitap'],
    ['an isolate of direction', 'a\u2067b\u2069'],
    ['a mark of direction', 'a\u200fb'],
    ['the Arabic letter mark', 'a\u061cb'],
    ['half a surrogate pair', 'a\ud800'],
    ['tag characters', 'ok\u{e0041}\u{e0042}'],
    ['a byte order mark', '\ufeffa'.concat('b\ufeffc')],
    ['a separator of paragraphs', 'a\u2029b'],
    ['a private character', 'a\ue000'],
    ['no character', 'a\uffff'],
    ['nothing to see', ' \u200d '],
    ['nothing', ''],
    ['too much', 'x'.repeat(501)],
  ])('refuses %s', (_name, given) => {
    expect(() => reason(given)).toThrow(InputError);
  });
});
