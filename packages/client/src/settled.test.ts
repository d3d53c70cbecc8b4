import { expect, it } from 'vitest';
import { isSettled } from './settled.js';

const withdrawal = { at: '2031-01-01T00:00:00Z', reason: 'another patient' };

it.each([
  ['RECEIVED', 'NONE', false],
  ['QUEUED', 'NONE', false],
  // A late image of a study that was read already.
  ['QUEUED', 'READY', false],
  ['CLASSIFIED', 'NONE', false],
  ['CLASSIFIED', 'PENDING', false],
  ['CLASSIFIED', 'READY', true],
  ['CLASSIFIED', 'WITHHELD', true],
  ['CLASSIFIED', 'FAILED', true],
  ['REFUSED', 'NONE', true],
  ['FAILED', 'NONE', true],
] as const)(
  'waits for a study that is %s with a heatmap that is %s: settled %s',
  (reading, explanation, settled) => {
    const study = { readingState: reading, explanationState: explanation };
    expect(isSettled({ ...study, withdrawal: null })).toBe(settled);
    expect(isSettled({ ...study, withdrawal })).toBe(true);
  },
);
