import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { retryStudy } from '../study/commands/retry-study.js';
import { submitStudy } from '../study/commands/submit-study.js';
import { withdrawStudy } from '../study/commands/withdraw-study.js';
import {
  aHeatmap,
  aReading,
  aScore,
  resultFor,
  storedUpload,
  submission,
  type TaskRow,
  tasksOf,
} from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import { takeDueTasks } from './due-tasks.js';
import { recordResults } from './record-results.js';

describe('recordResults', () => {
  let tenants: TestTenants;
  let studyId: string;
  let classify: TaskRow;

  const record = (...results: Parameters<typeof recordResults>[2]) =>
    recordResults(tenants.workerPool, classify.organization_id, results);
  const study = async () =>
    (await tenants.workerPool.query('SELECT * FROM study WHERE id = $1', [studyId])).rows[0];
  const rows = async (table: string) =>
    (await tenants.workerPool.query(`SELECT * FROM ${table} WHERE image_id = $1`, [classify.image_id])).rows;
  const task = async (kind: string) => {
    const found = (await tasksOf(tenants.workerPool, studyId)).find((row) => row.kind === kind);
    if (!found) throw new Error(`no ${kind} task`);
    return found;
  };

  beforeAll(async () => {
    tenants = await createTestTenants();
  });
  afterAll(() => tenants.close());
  const anotherStudy = async () => {
    const viewer = await tenants.viewer('north');
    const uploadId = await storedUpload(tenants.appPool, viewer, tenants.sites.north);
    const deps = { pool: tenants.appPool, ageWithinRange: () => true, admit: async () => null };
    ({ studyId } = await submitStudy(deps, viewer, submission(tenants.sites.north, uploadId)));
    classify = await task('classify');
  };
  beforeEach(anotherStudy);

  it('stores one result when two workers finish the same study', async () => {
    const result = resultFor(classify, aReading);
    const recorded = await Promise.all(Array.from({ length: 10 }, () => record(result, result)));
    expect(recorded.filter(({ change }) => change)).toHaveLength(1);
    expect(await rows('reading')).toHaveLength(1);
    expect(await study()).toMatchObject({
      reading_state: 'CLASSIFIED',
      explanation_state: 'PENDING',
      probability: 0.9,
    });
  });

  it('keeps what the reading claims and what to keep in mind about it', async () => {
    await record(resultFor(classify, aReading));
    const { claims, cautions, region, lungs, type } = aReading.reading;
    expect(await rows('reading')).toMatchObject([{ claims, cautions, region, lungs, type }]);
  });

  it('makes the explain task with the reading, and the score task with the heatmap', async () => {
    await record(resultFor(classify, aReading));
    await record(resultFor(await task('explain'), aHeatmap));
    expect(await task('score')).toMatchObject({ state: 'PENDING' });
    expect(await study()).toMatchObject({ explanation_state: 'READY' });
    expect(await rows('heatmap')).toHaveLength(1);
  });

  it('dispatches the explain task at once and the score task only when its study was seen', async () => {
    const read = await record(resultFor(classify, aReading));
    const drawn = await record(resultFor(await task('explain'), aHeatmap));
    expect([read.tasksDue, drawn.tasksDue]).toEqual([true, false]);
    const due = await takeDueTasks(tenants.workerPool, 1_000, 60);
    expect(due.map(({ job }) => job.taskId)).not.toContain((await task('score')).id);
  });

  it('withholds a heatmap whose score says so, and tells of one to be shown with a caution', async () => {
    const score = async (presentation: 'PLAIN' | 'CAUTIOUS' | 'WITHHELD') => {
      await record(resultFor(classify, aReading));
      await record(resultFor(await task('explain'), aHeatmap));
      const faithfulness = { ...aScore.faithfulness, presentation };
      return record(resultFor(await task('score'), { outcome: 'scored', faithfulness }));
    };
    const seen = () => [{ id: studyId, siteId: tenants.sites.north.id }];
    expect((await score('CAUTIOUS')).change?.studies).toEqual(seen());
    expect(await study()).toMatchObject({ explanation_state: 'READY' });
    await anotherStudy();
    expect((await score('WITHHELD')).change?.studies).toEqual(seen());
    expect(await study()).toMatchObject({ explanation_state: 'WITHHELD', explanation_reason: 'UNFAITHFUL' });
    expect(await rows('heatmap')).toMatchObject([
      { presentation: 'WITHHELD', insertion: 0.9, deletion: 0.2 },
    ]);
    await anotherStudy();
    expect((await score('PLAIN')).change).toBeNull();
    expect(await study()).toMatchObject({ explanation_state: 'READY' });
  });

  it('raises the revision once a transaction, by one', async () => {
    const { change } = await record(resultFor(classify, aReading));
    const next = await record(resultFor(await task('explain'), aHeatmap));
    expect(next.change?.revision).toBe((change?.revision ?? 0) + 1);
    expect(change?.studies).toEqual([{ id: studyId, siteId: tenants.sites.north.id }]);
  });

  it('keeps why a study was refused, and makes no heatmap for it', async () => {
    await record(resultFor(classify, { outcome: 'refused', reason: 'BLANK' }));
    expect(await study()).toMatchObject({ reading_state: 'REFUSED', reading_reason: 'BLANK' });
    expect(await tasksOf(tenants.workerPool, studyId)).toHaveLength(1);
  });

  it('postpones what must wait, and fails a task whose fifth try was its own fault', async () => {
    await record(resultFor(classify, { outcome: 'later', delaySeconds: 30, tries: 4 }));
    expect(await task('classify')).toMatchObject({ state: 'PENDING', tries: 4 });
    await record(resultFor(classify, { outcome: 'later', delaySeconds: 30, tries: 5 }));
    expect(await study()).toMatchObject({ reading_state: 'FAILED', reading_reason: 'PROCESSING_CRASHED' });
  });

  it('drops a late result of an attempt that was retried since', async () => {
    await record(resultFor(classify, { outcome: 'failed', reason: 'INTERNAL' }));
    await retryStudy({ pool: tenants.appPool }, await tenants.viewer('north'), studyId);
    expect(await study()).toMatchObject({ reading_state: 'QUEUED', reading_reason: null });
    const late = await record(resultFor(classify, { outcome: 'refused', reason: 'BLANK' }, 1));
    expect(late.change).toBeNull();
    expect(await task('classify')).toMatchObject({ state: 'PENDING', attempt: 2, tries: 0 });
    await record(resultFor(await task('classify'), aReading));
    expect(await study()).toMatchObject({ reading_state: 'CLASSIFIED' });
  });

  it('drops results of a withdrawn study', async () => {
    await withdrawStudy({ pool: tenants.appPool }, await tenants.viewer('north'), studyId, 'mix-up');
    expect((await record(resultFor(classify, aReading))).change).toBeNull();
    expect(await rows('reading')).toHaveLength(0);
  });

  it('takes no result in the name of another organization', async () => {
    const forged = { ...resultFor(classify, aReading), organizationId: tenants.sites.valley.organizationId };
    await recordResults(tenants.workerPool, tenants.sites.valley.organizationId, [forged]);
    expect(await rows('reading')).toHaveLength(0);
  });
});
