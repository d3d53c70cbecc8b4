import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { judge } from './oracle.ts';
import type { RecordedStudy } from './recorded.ts';

const told = (key: string, study: string): Entry => ({
  is: 'acknowledged',
  at: 0,
  key,
  study,
  who: 0,
  crowd: 'technologists',
  stat: false,
  ms: 10,
});
const has = (key: string, id: string, state = 'CLASSIFIED'): RecordedStudy => ({
  id,
  key,
  state,
  stat: false,
  createdAt: 0,
  readAt: 100,
});

describe('the oracle', () => {
  it('finds nothing wrong when every study that a client was told of is there once', () => {
    const verdict = judge([told('a', '1'), told('b', '2')], [has('a', '1'), has('b', '2', 'REFUSED')]);
    expect(verdict).toEqual({
      acknowledged: 2,
      lost: 0,
      doubled: 0,
      open: 0,
      untold: 0,
      states: { CLASSIFIED: 1, REFUSED: 1 },
    });
  });

  it('counts a study that was acknowledged and is not there as lost', () => {
    expect(judge([told('a', '1'), told('b', '2')], [has('a', '1')]).lost).toBe(1);
  });

  it('counts a study that is there under another patient reference as lost', () => {
    expect(judge([told('a', '1')], [has('b', '1')]).lost).toBe(1);
  });

  it('counts a second study of one submission as doubled, whichever the client was told of', () => {
    expect(judge([told('a', '1')], [has('a', '1'), has('a', '2')])).toMatchObject({ lost: 0, doubled: 1 });
  });

  it('tells studies without an end, and those that no client was told of', () => {
    const verdict = judge([told('a', '1')], [has('a', '1', 'QUEUED'), has('b', '2')]);
    expect(verdict).toMatchObject({ open: 1, untold: 1, lost: 0, doubled: 0 });
  });
});
