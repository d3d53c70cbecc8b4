import { describe, expect, it } from 'vitest';
import type { Entry } from '../journal/entry.ts';
import { runOf } from './judge-journals.ts';

const acknowledged = (key: string): Entry => ({
  is: 'acknowledged',
  at: 0,
  key,
  study: key,
  who: 0,
  crowd: 'technologists',
  stat: false,
  ms: 1,
});

describe('journals of several runners', () => {
  it('tell of which run they are, whatever hyphens its name has', () => {
    expect(runOf([acknowledged('LOAD-2026-a1'), acknowledged('LOAD-2026-b2')])).toBe('LOAD-2026');
  });

  it('are refused when they are of several runs, or when nothing was acknowledged', () => {
    expect(() => runOf([acknowledged('LOAD-1-a'), acknowledged('LOAD-2-a')])).toThrow(/several runs/);
    expect(() => runOf([])).toThrow(/No study/);
  });
});
