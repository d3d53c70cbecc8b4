import { describe, expect, it } from 'vitest';
import { deriveImageState, type TaskStanding } from './image-state.js';
import { answerOf, deriveStudyState, isAllowedMove } from './state.js';

const task = (
  kind: TaskStanding['kind'],
  state: TaskStanding['state'],
  changes: Partial<TaskStanding> = {},
) => ({
  kind,
  method: null,
  state,
  reason: null,
  dispatched: true,
  ...changes,
});

const image = (...tasks: TaskStanding[]) => deriveImageState({ view: 'UNKNOWN', tasks });
const ofOne = (...tasks: TaskStanding[]) => deriveStudyState([image(...tasks)]);

describe('deriveStudyState', () => {
  it('shows the usual method, whatever becomes of another beside it', () => {
    const other = (kind: 'explain' | 'score', state: TaskStanding['state']) =>
      task(kind, state, { method: 'occlusion' });
    const read = task('classify', 'DONE');
    expect(ofOne(read, other('explain', 'FAILED'), task('explain', 'PENDING')).explanationState).toBe(
      'PENDING',
    );
    const drawn = task('explain', 'DONE', { method: 'grad-cam' });
    expect(ofOne(read, other('explain', 'DONE'), other('score', 'REFUSED'), drawn).explanationState).toBe(
      'READY',
    );
  });

  it('is RECEIVED until the dispatcher has handed the first task over, then QUEUED', () => {
    expect(ofOne(task('classify', 'PENDING', { dispatched: false })).readingState).toBe('RECEIVED');
    expect(ofOne(task('classify', 'PENDING')).readingState).toBe('QUEUED');
  });

  it('lets the worst open end of several images decide', () => {
    const failed = image(task('classify', 'FAILED', { reason: 'INTERNAL' }));
    const done = image(task('classify', 'DONE'));
    expect(deriveStudyState([done, failed])).toMatchObject({
      readingState: 'FAILED',
      readingReason: 'INTERNAL',
    });
    expect(deriveStudyState([done, image(task('classify', 'PENDING'))]).readingState).toBe('QUEUED');
    expect(deriveStudyState([done, done]).readingState).toBe('CLASSIFIED');
  });

  it('takes a heatmap back when its score says that it explains nothing, and for no other score', () => {
    const tasks = [task('classify', 'DONE'), task('explain', 'DONE')];
    const refused = task('score', 'REFUSED', { reason: 'UNFAITHFUL' });
    expect(ofOne(...tasks, refused)).toEqual({
      ...ofOne(...tasks),
      explanationState: 'WITHHELD',
      explanationReason: 'UNFAITHFUL',
    });
    for (const state of ['PENDING', 'DONE', 'FAILED'] as const)
      expect(ofOne(...tasks, task('score', state))).toEqual(ofOne(...tasks));
  });

  it('is that of its image where it has one', () => {
    for (const state of ['PENDING', 'DONE', 'REFUSED', 'FAILED'] as const) {
      const alone = image(task('classify', state, { reason: 'BLANK' }), task('explain', state));
      expect(deriveStudyState([alone])).toEqual(alone);
    }
  });

  it('refuses a study only when none of its images could be read', () => {
    const refused = image(task('classify', 'REFUSED', { reason: 'LATERAL_VIEW' }));
    const read = image(task('classify', 'DONE'), task('explain', 'PENDING'));
    expect(deriveStudyState([refused, read])).toEqual(read);
    expect(deriveStudyState([refused, refused])).toEqual(refused);
  });

  it('counts laterals for nothing, and says of a study without a frontal view that it is not read', () => {
    const lateral = deriveImageState({ view: 'LATERAL', tasks: [] });
    expect(lateral).toMatchObject({ readingState: 'NOT_READ', readingReason: 'LATERAL_NOT_READ' });
    expect(deriveStudyState([lateral])).toEqual(lateral);
    for (const state of ['PENDING', 'DONE', 'REFUSED', 'FAILED'] as const) {
      const frontal = image(task('classify', state), task('explain', state));
      expect(deriveStudyState([lateral, frontal])).toEqual(deriveStudyState([frontal]));
    }
  });

  it('shows a heatmap while one image has one, and withholds only when none has', () => {
    const ready = image(task('classify', 'DONE'), task('explain', 'DONE'));
    const withheld = image(task('classify', 'DONE'), task('explain', 'REFUSED', { reason: 'NO_EVIDENCE' }));
    expect(deriveStudyState([withheld, ready]).explanationState).toBe('READY');
    expect(deriveStudyState([withheld, withheld]).explanationState).toBe('WITHHELD');
  });
});

describe('answerOf', () => {
  const normal = { probability: 0.2, decision: 'NORMAL' } as const;
  const suspected = { probability: 0.7, decision: 'PNEUMONIA' } as const;

  it('is the highest probability of the images, and PNEUMONIA where one of them is', () => {
    expect(answerOf([normal, suspected])).toEqual(suspected);
    expect(answerOf([normal, normal])).toEqual(normal);
    // Two models with thresholds of their own.
    expect(answerOf([{ ...normal, probability: 0.8 }, suspected])).toEqual({
      probability: 0.8,
      decision: 'PNEUMONIA',
    });
    expect(answerOf([])).toBeNull();
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
