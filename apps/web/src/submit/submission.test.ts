import { describe, expect, it } from 'vitest';
import { newSubmissions } from './new-submission';
import { advance, ageInMonths, faultsOf, isReady, type Submission } from './submission';

const pngHead = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);

async function draft(answers: Partial<Submission> = {}): Promise<Submission> {
  const [one] = await newSubmissions([new File([pngHead], 'a.png')]);
  if (!one) throw new Error('no submission was made');
  return { ...one, reference: 'P-1', age: { years: 2, months: 3, unknown: false }, ...answers };
}

function only(submissions: readonly Submission[]): Submission {
  const [one] = submissions;
  if (!one || submissions.length !== 1) throw new Error('expected exactly one submission');
  return one;
}

describe('a submission', () => {
  it('starts only with a patient reference and an age or its absence', async () => {
    const empty = await draft({ reference: ' ', age: { years: null, months: null, unknown: false } });
    expect(faultsOf(empty)).toEqual(['reference', 'age']);
    expect(only(advance([empty], { type: 'started', ids: [empty.id] })).phase.at).toBe('draft');
    const unknown = await draft({ age: { years: null, months: null, unknown: true } });
    expect(only(advance([unknown], { type: 'started', ids: [unknown.id] })).phase.at).toBe('waiting');
  });

  it('keeps its idempotency key when a failed upload is tried again', async () => {
    const one = await draft();
    const tried = advance(advance([one], { type: 'started', ids: [one.id] }), {
      type: 'progressed',
      id: one.id,
      phase: { at: 'failed', message: 'network' },
    });
    const again = only(advance(tried, { type: 'started', ids: [one.id] }));
    expect(again.phase.at).toBe('waiting');
    expect(again.idempotencyKey).toBe(one.idempotencyKey);
  });

  it('takes a fresh key when its answers change after a failure', async () => {
    const one = await draft({ phase: { at: 'failed', message: 'network' } });
    const changed = only(
      advance([one], { type: 'answered', id: one.id, answers: { reference: 'P-2' }, freshKey: 'fresh' }),
    );
    expect(changed).toMatchObject({ reference: 'P-2', idempotencyKey: 'fresh', phase: { at: 'draft' } });
  });

  it('can be neither changed, removed nor started twice while under way', async () => {
    const busy = [await draft({ phase: { at: 'uploading', share: 0.5 } })];
    const { id } = only(busy);
    expect(advance(busy, { type: 'answered', id, answers: { stat: true }, freshKey: 'k' })).toEqual(busy);
    expect(advance(busy, { type: 'removed', id })).toEqual(busy);
    expect(advance(busy, { type: 'started', ids: [id] })).toEqual(busy);
  });

  it('ignores late progress once it was submitted', async () => {
    const done = [await draft({ phase: { at: 'submitted', studyId: 's', created: true } })];
    const { id } = only(done);
    expect(advance(done, { type: 'progressed', id, phase: { at: 'failed', message: 'late' } })).toEqual(done);
  });

  it('leaves the others alone when one fails', async () => {
    const other = await draft({ phase: { at: 'uploading', share: 0.2 } });
    const failing = await draft({ phase: { at: 'hashing' } });
    const after = advance([other, failing], {
      type: 'progressed',
      id: failing.id,
      phase: { at: 'failed', message: 'x' },
    });
    expect(after[0]).toBe(other);
    expect(after[1]?.phase.at).toBe('failed');
  });

  it('judges a file by its bytes, not by its name', async () => {
    const [text, png] = await newSubmissions([
      new File(['hello there'], 'xray.png'),
      new File([pngHead], 'xray.txt'),
    ]);
    expect(text?.phase.at).toBe('unusable');
    expect(png?.mediaType).toBe('image/png');
    expect(png && isReady(png)).toBe(false);
  });

  it('counts years and months into whole months', () => {
    expect(ageInMonths({ years: 2, months: 3, unknown: false })).toBe(27);
    expect(ageInMonths({ years: null, months: 0, unknown: false })).toBe(0);
    expect(ageInMonths({ years: 4, months: null, unknown: true })).toBeNull();
  });
});
