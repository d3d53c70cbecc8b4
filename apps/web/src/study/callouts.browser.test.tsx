import { cautions, failures, refusals, submissionCautions, unreadViews } from '@lucency/contracts';
import { describe, expect, it } from 'vitest';
import { show, wordsOf } from '../testing/show';
import { imageWith, readingWith, studyWith, trainedFor } from '../testing/study';
import { Callouts, ImageCallouts } from './callouts';

interface Shown {
  title: string;
  text: string;
  tone: string | null;
}

/** Each callout that is shown, in order. */
function calloutsIn(place: HTMLElement): Shown[] {
  return [...place.querySelectorAll('section')].map((section) => ({
    title: wordsOf(section.querySelector('h2')),
    text: wordsOf(section.querySelector('p')),
    tone: section.getAttribute('data-tone'),
  }));
}

const shown = (study: Parameters<typeof studyWith>[0]) =>
  calloutsIn(show(<Callouts study={studyWith(study)} />));
const withCaution = (code: string, message: string) => [
  imageWith({ reading: readingWith({ cautions: [{ code, message }] }) }),
];

describe('what must be known before an image is looked at', () => {
  it.each(Object.entries(refusals))('is why it was refused as %s, and what to do', (code, message) => {
    const refused = { readingState: 'REFUSED' as const, readingReason: { code, message } };
    expect(shown({ ...refused, images: [imageWith({ ...refused, reading: null })] })).toEqual([
      { title: 'This image was refused', text: message, tone: 'caution' },
    ]);
    expect(wordsOf(document.querySelector('main'))).toContain('Submit another image');
  });

  it.each(Object.entries(failures))('is why it failed as %s, and who may retry it can', (code, message) => {
    const failed = { readingState: 'FAILED' as const, readingReason: { code, message } };
    const images = [imageWith({ ...failed, reading: null })];
    expect(shown({ ...failed, images })).toEqual([
      { title: 'This image could not be read', text: message, tone: 'alarm' },
    ]);
    expect(document.querySelector('button')).toBeNull();
    shown({ ...failed, images, viewerCanRetry: true });
    expect(document.querySelector('button')).not.toBeNull();
  });

  it.each(Object.entries(unreadViews))('is why the AI did not read it: %s', (code, message) => {
    const unread = { readingState: 'NOT_READ' as const, readingReason: { code, message } };
    const images = [imageWith({ ...unread, reading: null })];
    expect(shown({ ...unread, images })).toEqual([
      { title: 'This image is not read', text: message, tone: 'quiet' },
    ]);
  });

  it.each<[keyof typeof cautions, string, string]>([
    ['EVIDENCE_OUTSIDE_LUNGS', 'What speaks for pneumonia lies outside the lungs', 'caution'],
    ['UNLIKE_TRAINING', 'Unlike the images the model knows', 'caution'],
    ['ROTATED', 'This image seems to be turned', 'caution'],
    ['MIRRORED', 'This image seems to be mirrored', 'caution'],
    ['MARGINS_CUT', 'Margins of this image were cut off', 'caution'],
    ['INVERTED', 'This image came as a negative', 'quiet'],
  ])('is the caution %s of its reading', (code, title, tone) => {
    expect(shown({ images: withCaution(code, cautions[code]) })).toEqual([
      { title, text: cautions[code], tone },
    ]);
  });

  it('is every caution that a reading may have, each under a title of its own', () => {
    const titles = Object.entries(cautions).map(
      ([code, message]) => shown({ images: withCaution(code, message) })[0]?.title,
    );
    expect(new Set(titles).size).toBe(Object.keys(cautions).length);
    expect(titles).not.toContain('Read this image with care');
  });

  it('is a caution that this portal does not know yet, by its own sentence', () => {
    expect(shown({ images: withCaution('BRAND_NEW', 'Look twice.') })).toEqual([
      { title: 'Read this image with care', text: 'Look twice.', tone: 'caution' },
    ]);
  });

  it('is that the same image is that of another patient', () => {
    const [[code, message] = ['', '']] = Object.entries(submissionCautions);
    expect(shown({ cautions: [{ code, message }] })).toEqual([
      { title: 'The same image is that of another patient', text: message, tone: 'caution' },
    ]);
  });

  it('is that the model was not made for this patient, except where there is no answer', () => {
    const message = `At 45 years the answer may be wrong. ${trainedFor}`;
    const outside = { intendedUse: { withinRange: false, message } };
    expect(shown(outside)).toEqual([
      { title: 'Outside what the model was made for', text: message, tone: 'caution' },
    ]);
    const readingReason = { code: 'BLANK', message: refusals.BLANK };
    expect(shown({ ...outside, readingState: 'REFUSED', readingReason })).toHaveLength(1);
  });

  it('is, of a withdrawn study, by whom and why, and nothing of its reading', () => {
    const withdrawal = {
      at: '2030-03-02T11:00:00Z',
      reason: 'another patient',
      by: { id: 'p', name: 'Ann' },
    };
    const [callout, ...others] = shown({
      withdrawal,
      images: withCaution('MIRRORED', cautions.MIRRORED),
      intendedUse: { withinRange: false, message: trainedFor },
    });
    expect(callout).toMatchObject({ title: 'This study was withdrawn', tone: 'quiet' });
    expect(callout?.text).toMatch(
      /^By Ann, .+\. Its images and its result are no longer shown\. Reason: another patient$/,
    );
    expect(others).toEqual([]);
  });

  it('stands at the image it is of where a study has several', () => {
    const readingReason = { code: 'NO_LUNGS', message: refusals.NO_LUNGS };
    const refused = imageWith({ readingState: 'REFUSED', readingReason, reading: null });
    expect(shown({ images: [imageWith(), refused] })).toEqual([]);
    expect(calloutsIn(show(<ImageCallouts image={refused} isOneOfSeveral />))).toEqual([
      { title: 'This image was refused', text: refusals.NO_LUNGS, tone: 'caution' },
    ]);
  });
});
