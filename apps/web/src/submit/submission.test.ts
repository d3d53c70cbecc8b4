import { describe, expect, it } from 'vitest';
import { noAge } from './age';
import { sha256Of } from './file-hash';
import { answersOf } from './kept-answers';
import { newSubmissions } from './new-submission';
import { advance, faultsOf, isReady, type Submission, unconfirmed } from './submission';

const pngHead = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);

async function draft(answers: Partial<Submission> = {}): Promise<Submission> {
  const [added] = await newSubmissions([new File([pngHead], 'a.png')]);
  if (!added) throw new Error('no submission was made');
  return {
    ...added.submission,
    reference: 'P-1',
    age: { years: '2', months: '3', unknown: false },
    ...answers,
  };
}

function only(submissions: readonly Submission[]): Submission {
  const [one] = submissions;
  if (!one || submissions.length !== 1) throw new Error('expected exactly one submission');
  return one;
}

describe('a submission', () => {
  it('starts only with a patient reference and an age or its absence', async () => {
    const empty = await draft({ reference: ' ', age: noAge });
    expect(faultsOf(empty)).toMatchObject([
      { about: 'reference', isMissing: true },
      { about: 'age', isMissing: true },
    ]);
    expect(only(advance([empty], { type: 'started', ids: [empty.id] })).phase.at).toBe('draft');
    const unknown = await draft({ age: { ...noAge, unknown: true } });
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
    expect(text?.submission.phase.at).toBe('unusable');
    expect(png?.submission.mediaType).toBe('image/png');
    expect(png && isReady(png.submission)).toBe(false);
  });

  it('says of a reference that is too long how long it is, and keeps it whole', async () => {
    const reference = 'x'.repeat(70);
    const [fault] = faultsOf(await draft({ reference }));
    expect(fault).toMatchObject({ about: 'reference', isMissing: false });
    expect(fault?.sentence).toContain('70');
  });

  it('is not sent while the same picture is that of another patient, until the person says so', async () => {
    const asking = await draft({ phase: { at: 'asking', others: ['P-2'] } });
    expect(isReady(asking)).toBe(false);
    const { id } = asking;
    const confirmed = only(advance([asking], { type: 'confirmed', id, others: ['P-2'] }));
    expect(isReady(confirmed)).toBe(true);
    expect(unconfirmed(confirmed, ['P-2', 'P-1'])).toEqual([]);
    expect(unconfirmed(confirmed, ['P-2', 'P-3'])).toEqual(['P-3']);
  });

  it('asks again once the picture is to be that of a third patient', async () => {
    const confirmed = await draft({ sharedWith: ['P-2'] });
    const { id } = confirmed;
    const changed = only(
      advance([confirmed], { type: 'answered', id, answers: { reference: 'P-9' }, freshKey: 'k' }),
    );
    expect(unconfirmed(changed, ['P-2'])).toEqual(['P-2']);
  });

  it('takes up what was typed about its file, known by its content, before the page was loaded anew', async () => {
    const file = new File([pngHead], 'a.png');
    const one = await draft({
      reference: 'P-7',
      age: { years: '1.5', months: '', unknown: false },
      stat: true,
    });
    const kept = answersOf(one, await sha256Of(file));
    const sameName = new File([pngHead, 'of another patient'], 'a.png');
    const [other, same] = await newSubmissions([sameName, new File([pngHead], 'renamed.png')], kept);
    expect(same?.submission).toMatchObject({ reference: 'P-7', age: { years: '1.5' }, stat: true });
    expect(same?.answers).toBe(kept[0]);
    expect(other?.submission).toMatchObject({ reference: '', age: noAge });
  });
});
