import { deliveryFailures } from '@lucency/contracts';
import { describe, expect, it } from 'vitest';
import { contentInWords, durationInWords, nextTryInWords, standingOf, whyOf } from './words';

const now = Date.parse('2030-03-02T10:00:00Z');
const away = { code: 'UNREACHABLE', message: deliveryFailures.UNREACHABLE.sentence };
const pending = {
  content: 'RESULT' as const,
  state: 'PENDING' as const,
  reason: null,
  tries: 0,
  nextTryAt: '2030-03-02T10:12:00Z',
  destination: { enabled: true },
};

describe('a delivery', () => {
  it('that waits says whether it was tried, and why it did not arrive', () => {
    expect(standingOf(pending).words).toBe('Waiting');
    expect(standingOf({ ...pending, tries: 1 }).words).toBe('Being sent');
    const again = { ...pending, tries: 2, reason: away };
    expect(standingOf(again)).toMatchObject({ words: 'Trying again', tone: 'caution' });
    expect(whyOf(again)).toBe(away.message);
    expect(nextTryInWords(again, now)).toBe('in 12 min');
    expect(nextTryInWords(again, now + 800_000)).toBe('now');
  });

  it('to a destination that is switched off waits for that alone, and promises no time', () => {
    const held = { ...pending, reason: away, destination: { enabled: false } };
    expect(standingOf(held).words).toBe('On hold');
    expect(whyOf(held)).toBe('The destination is switched off.');
    expect(nextTryInWords(held, now)).toBeNull();
  });

  it('that is over says how, a test as an answer', () => {
    expect(standingOf({ ...pending, state: 'DELIVERED' }).words).toBe('Delivered');
    expect(standingOf({ ...pending, state: 'DELIVERED', content: 'ECHO' }).words).toBe('Answered');
    expect(standingOf({ ...pending, state: 'FAILED', reason: away })).toMatchObject({
      words: 'Failed',
      tone: 'alarm',
    });
    expect(whyOf({ ...pending, state: 'CANCELLED' })).toMatch(/withdrawn/);
  });

  it('names the image it is of by its view, where that is known', () => {
    expect(contentInWords({ content: 'HEATMAP', image: { id: 'i', view: 'PA' } })).toBe('Heatmap, PA view');
    expect(contentInWords({ content: 'RESULT', image: { id: 'i', view: 'UNKNOWN' } })).toBe('Result');
    expect(contentInWords({ content: 'REVIEW', image: null })).toBe('Review');
  });
});

it('says a duration in one unit, the largest that is exact enough', () => {
  const minute = 60_000;
  expect(
    [4_400, 59_700, 5 * minute, 119 * minute, 47 * 60 * minute, 50 * 60 * minute].map(durationInWords),
  ).toEqual(['4 s', '1 min', '5 min', '2 h', '47 h', '2 days']);
});
