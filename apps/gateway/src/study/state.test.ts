import { describe, expect, it } from 'vitest';
import { deriveStudyState, isAllowedMove, type TaskStanding } from './state.js';

const task = (
  kind: TaskStanding['kind'],
  state: TaskStanding['state'],
  changes: Partial<TaskStanding> = {},
) => ({
  kind,
  state,
  reason: null,
  dispatched: true,
  ...changes,
});

describe('deriveStudyState', () => {
  it('is RECEIVED until the dispatcher has handed the first task over, then QUEUED', () => {
    expect(deriveStudyState([task('classify', 'PENDING', { dispatched: false })]).readingState).toBe(
      'RECEIVED',
    );
    expect(deriveStudyState([task('classify', 'PENDING')]).readingState).toBe('QUEUED');
  });

  it('lets the worst open end of several images decide', () => {
    const failed = task('classify', 'FAILED', { reason: 'INTERNAL' });
    const done = task('classify', 'DONE');
    expect(deriveStudyState([done, failed])).toMatchObject({
      readingState: 'FAILED',
      readingReason: 'INTERNAL',
    });
    expect(deriveStudyState([done, task('classify', 'PENDING')]).readingState).toBe('QUEUED');
    expect(deriveStudyState([done, done]).readingState).toBe('CLASSIFIED');
  });

  it('takes a heatmap back when its score says that it explains nothing, and for no other score', () => {
    const tasks = [task('classify', 'DONE'), task('explain', 'DONE')];
    const refused = task('score', 'REFUSED', { reason: 'UNFAITHFUL' });
    expect(deriveStudyState([...tasks, refused])).toEqual({
      ...deriveStudyState(tasks),
      explanationState: 'WITHHELD',
      explanationReason: 'UNFAITHFUL',
    });
    for (const state of ['PENDING', 'DONE', 'FAILED'] as const)
      expect(deriveStudyState([...tasks, task('score', state)])).toEqual(deriveStudyState(tasks));
  });
});

describe('isAllowedMove', () => {
  it('keeps CLASSIFIED and REFUSED for good and lets FAILED be retried', () => {
    const at = (readingState: 'CLASSIFIED' | 'REFUSED' | 'FAILED' | 'QUEUED') => ({
      readingState,
      explanationState: 'NONE' as const,
    });
    expect(isAllowedMove(at('CLASSIFIED'), at('FAILED'))).toBe(false);
    expect(isAllowedMove(at('REFUSED'), at('CLASSIFIED'))).toBe(false);
    expect(isAllowedMove(at('FAILED'), at('QUEUED'))).toBe(true);
    expect(isAllowedMove(at('FAILED'), at('CLASSIFIED'))).toBe(false);
  });

  it('lets a heatmap that is READY be withheld, and a withheld one never come back', () => {
    const at = (explanationState: 'READY' | 'WITHHELD') => ({
      readingState: 'CLASSIFIED' as const,
      explanationState,
    });
    expect(isAllowedMove(at('READY'), at('WITHHELD'))).toBe(true);
    expect(isAllowedMove(at('WITHHELD'), at('READY'))).toBe(false);
  });
});
