import { describe, expect, it } from 'vitest';
import { ComeBackLater, pauseSeconds, refusalOf, SendingRefused } from './put-file';

describe('an upload that was not taken', () => {
  it.each([429, 503])('comes back by itself after HTTP %i, when it was asked to', (status) => {
    const refusal = refusalOf(status, '7', '');
    expect(refusal).toBeInstanceOf(ComeBackLater);
    expect(refusal).toMatchObject({ seconds: 7 });
    expect(refusalOf(status, null, '')).toBeInstanceOf(ComeBackLater);
  });

  it('says to the person what the gateway said', () => {
    const refusal = refusalOf(422, null, '{"code":"CONTENT_MISMATCH","message":"Upload them again."}');
    expect(refusal).toBeInstanceOf(SendingRefused);
    expect(refusal.message).toBe('Upload them again.');
    expect(refusalOf(502, null, '<html>Bad gateway</html>').message).toContain('HTTP 502');
  });

  it('understands a time to come back as seconds or as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(pauseSeconds('3', now)).toBe(3);
    expect(pauseSeconds('Thu, 01 Jan 2026 00:00:09 GMT', now)).toBe(9);
    expect(pauseSeconds('Thu, 01 Jan 2026 00:00:09 GMT', now + 60_000)).toBe(1);
    expect(pauseSeconds('soon', now)).toBe(5);
    expect(pauseSeconds('86400', now)).toBe(120);
  });
});
