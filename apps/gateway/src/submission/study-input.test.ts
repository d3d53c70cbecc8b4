import { describe, expect, it } from 'vitest';
import { submission } from '../testing/test-studies.js';
import { ageInMonths, checkSubmission, requestHash } from './study-input.js';

const site = { id: 'site', organizationId: 'organization' };
const referenceOf = (patientReference: string) =>
  checkSubmission(submission(site, 'upload', { patientReference })).patientReference;

describe('a patient reference', () => {
  it.each([
    'Zoë Müller-Ångström',
    'मुहम्मद अली',
    'অনিন্দ্য',
    'สมชาย ใจดี',
    'שָׁלוֹם',
    'مُحَمَّد',
    'علی‌رضا',
    'ශ්‍රී',
    'தமிழ்',
    '田中 太郎',
    'Nguyễn Thị Ánh',
    'P-1/2024 #7',
  ])('may be written as %s', (reference) => {
    expect(referenceOf(reference)).toBe(reference.normalize('NFC'));
  });

  it('is one patient however it was typed: composed or decomposed, with any blanks or byte order mark', () => {
    expect(referenceOf('\ufeffP-1\n')).toBe('P-1');
    expect(referenceOf('Jose\u0301\u00a0 Nun\u0303ez ')).toBe('José  Nuñez');
    expect(referenceOf('\u1112\u1161\u11ab')).toBe('한');
  });

  it.each([
    ['a mark without its letter', '\u0301a'],
    ['a control', 'a\u0000b'],
    ['a line break', 'a\nb'],
    ['an override of the direction', 'abc\u202edef'],
    ['an isolate', '\u2066abc\u2069'],
    ['a joiner that nobody sees', 'ab\u200dc'],
    ['a zero width space', 'ab\u200bc'],
    ['half a character', 'a\ud800'],
    ['a tag', 'a\u{e0061}'],
    ['nothing but blanks', '\u3000 '],
  ])('has no %s', (_what, reference) => {
    expect(() => referenceOf(reference)).toThrow('printable');
  });
});

describe('the age', () => {
  const ageOf = (patientBirthDate: string, now: string, timeZone = 'UTC') =>
    ageInMonths(
      submission(site, 'upload', { patientAgeMonths: null, patientBirthDate }),
      new Date(now),
      timeZone,
    );

  it('is counted in whole months of the calendar', () => {
    expect(ageOf('2020-01-31', '2020-02-29T12:00:00Z')).toBe(0);
    expect(ageOf('2020-01-31', '2020-03-01T12:00:00Z')).toBe(1);
    expect(ageOf('2020-02-29', '2021-02-28T12:00:00Z')).toBe(11);
    expect(ageOf('2020-02-29', '2021-03-01T12:00:00Z')).toBe(12);
    expect(ageOf('2026-11-28', '2026-11-28T00:00:00Z')).toBe(0);
  });

  it('is that of the day it is at the site', () => {
    const now = '2026-11-28T20:00:00Z';
    expect(ageOf('2025-11-29', now, 'UTC')).toBe(11);
    expect(ageOf('2025-11-29', now, 'Asia/Kolkata')).toBe(12);
    expect(ageOf('2026-11-29', now, 'Pacific/Auckland')).toBe(0);
    expect(() => ageOf('2026-11-29', now, 'America/Lima')).toThrow('future');
  });

  it('is not that of someone from another century', () => {
    expect(() => ageOf('1822-05-17', '2026-11-28T12:00:00Z')).toThrow('150 years');
  });
});

describe('the hash of a request', () => {
  const images = [
    { uploadId: 'u', view: 'UNKNOWN' as const, seriesInstanceUid: null, sopInstanceUid: null, sha256: 'ab' },
  ];
  const given = checkSubmission(
    submission(site, 'u', { patientReference: 'P-1', idempotencyKey: 'k', priority: 'ROUTINE' }),
  );

  it('is that of older gateways for pictures that nothing more is said of', () => {
    expect(requestHash(given, images)).toBe(
      'fa668cbc61e50467afefb4cb2de7fc05fe752dc9ec7ab13c0d079d7a7b9fbd38',
    );
  });

  it('changes with what is said of the images', () => {
    for (const said of [{ view: 'PA' as const }, { sopInstanceUid: '1.2' }, { seriesInstanceUid: '1.2' }]) {
      const other = images.map((image) => ({ ...image, ...said }));
      expect(requestHash(given, other)).not.toBe(requestHash(given, images));
    }
  });
});
