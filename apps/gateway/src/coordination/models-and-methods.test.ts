import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { submitStudy } from '../study/commands/submit-study.js';
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

let tenants: TestTenants;
let studyId: string;
let classify: TaskRow;

const record = (...results: Parameters<typeof recordResults>[2]) =>
  recordResults(tenants.workerPool, classify.organization_id, results);
const study = async () =>
  (await tenants.workerPool.query('SELECT * FROM study WHERE id = $1', [studyId])).rows[0];
const heatmaps = async () =>
  (
    await tenants.workerPool.query('SELECT * FROM heatmap WHERE image_id = $1 ORDER BY method', [
      classify.image_id,
    ])
  ).rows;
const task = async (kind: TaskRow['kind'], method?: string) => {
  const found = (await tasksOf(tenants.workerPool, studyId)).find(
    (row) => row.kind === kind && (method === undefined || row.method === method),
  );
  if (!found) throw new Error(`no ${kind} task`);
  return found;
};
const jobs = async () => {
  const due = await takeDueTasks(tenants.workerPool, 1_000, 0);
  return due.map(({ job }) => job).filter((job) => job.studyId === studyId);
};

/** As a gateway of the version before inserts work: it knows neither models nor methods. */
async function addAsBefore(kind: 'explain' | 'score', parent: TaskRow): Promise<number> {
  const added = await tenants.workerPool.query(
    `INSERT INTO task (organization_id, site_id, study_id, image_id, kind, priority, due_at, traceparent)
     SELECT organization_id, site_id, study_id, image_id, $2::task_kind, priority, now(), traceparent FROM task WHERE id = $1
     ON CONFLICT DO NOTHING`,
    [parent.id, kind],
  );
  return added.rowCount ?? 0;
}

/** What the version before leaves of a reading, in the order of its transaction. */
async function readAsBefore(): Promise<void> {
  await tenants.workerPool.query(
    `INSERT INTO reading (organization_id, site_id, image_id, model_id, engine, probability, logit, threshold, decision,
       evidence, timings)
     SELECT organization_id, site_id, image_id, 'test-model', 'onnx-int8', .9, 2.2, .5, 'PNEUMONIA',
       array_fill(1, ARRAY[49]), '{}' FROM task WHERE id = $1`,
    [classify.id],
  );
  await tenants.workerPool.query("UPDATE task SET state = 'DONE' WHERE id = $1", [classify.id]);
  await tenants.workerPool.query(
    "UPDATE study SET reading_state = 'CLASSIFIED', explanation_state = 'PENDING' WHERE id = $1",
    [studyId],
  );
}

async function asOwner(sql: string): Promise<void> {
  const owner = new pg.Client(tenants.database.ownerUrl);
  await owner.connect();
  await owner.query(sql);
  await owner.end();
}

async function addByMethod(method: string): Promise<void> {
  await tenants.workerPool.query(
    `INSERT INTO task (organization_id, site_id, study_id, image_id, kind, model_id, method, priority)
     SELECT organization_id, site_id, study_id, image_id, kind, model_id, $2, priority FROM task WHERE id = $1`,
    [(await task('explain')).id, method],
  );
}

beforeAll(async () => {
  tenants = await createTestTenants();
});
afterAll(() => tenants.close());
beforeEach(async () => {
  const viewer = await tenants.viewer('north');
  const uploadId = await storedUpload(tenants.appPool, viewer, tenants.sites.north);
  const deps = { pool: tenants.appPool, ageWithinRange: () => true, admit: async () => null };
  ({ studyId } = await submitStudy(deps, viewer, submission(tenants.sites.north, uploadId)));
  classify = await task('classify');
});

it('names model and method in the jobs that explain a reading and score its heatmap', async () => {
  expect(await jobs()).toMatchObject([{ kind: 'classify', modelId: undefined }]);
  await record(resultFor(classify, aReading));
  expect(await jobs()).toMatchObject([
    { kind: 'explain', modelId: 'test-model', method: 'grad-cam', reading: { modelId: 'test-model' } },
  ]);
  await record(resultFor(await task('explain'), aHeatmap));
  await tenants.workerPool.query('UPDATE task SET due_at = now() WHERE kind = $1', ['score']);
  expect(await jobs()).toMatchObject([{ kind: 'score', modelId: 'test-model', method: 'grad-cam' }]);
});

it('gives the evidence of the model that is asked about, not that of a newer reading', async () => {
  await record(resultFor(classify, aReading));
  await tenants.workerPool.query(
    `INSERT INTO reading (organization_id, site_id, image_id, model_id, engine, probability, logit, threshold, decision,
       evidence, timings, created_at)
     SELECT organization_id, site_id, image_id, 'newer-model', engine, probability, logit, threshold, decision,
       array_fill(0, ARRAY[49]), timings, created_at + interval '1 minute' FROM reading WHERE image_id = $1`,
    [classify.image_id],
  );
  const { evidence } = aReading.reading;
  expect(await jobs()).toMatchObject([{ kind: 'explain', reading: { modelId: 'test-model', evidence } }]);
});

it('has one task of an image, model and method, whichever version of the gateway adds it', async () => {
  await record(resultFor(classify, aReading));
  expect(await addAsBefore('explain', classify)).toBe(0);
  await record(resultFor(await task('explain'), aHeatmap));
  expect(await addAsBefore('score', classify)).toBe(0);
  expect(await tasksOf(tenants.workerPool, studyId)).toHaveLength(3);
});

it('understands work that a gateway of the version before adds', async () => {
  await readAsBefore();
  expect(await addAsBefore('explain', classify)).toBe(1);
  expect(await task('explain')).toMatchObject({ model_id: 'test-model', method: 'grad-cam' });
  expect(await jobs()).toMatchObject([{ kind: 'explain', modelId: 'test-model', method: 'grad-cam' }]);
});

it('takes work from before this migration for the usual method about the newest reading', async () => {
  await readAsBefore();
  await asOwner('ALTER TABLE task DISABLE TRIGGER names_explained');
  await addAsBefore('explain', classify);
  await asOwner('ALTER TABLE task ENABLE TRIGGER names_explained');
  expect(await task('explain')).toMatchObject({ model_id: null, method: null });
  expect(await jobs()).toMatchObject([{ kind: 'explain', modelId: 'test-model', method: 'grad-cam' }]);
  await record(resultFor(await task('explain'), aHeatmap));
  expect(await study()).toMatchObject({ explanation_state: 'READY' });
});

it('keeps the heatmap of a second method beside the first, each with its own score, and shows the usual one', async () => {
  await record(resultFor(classify, aReading));
  await addByMethod('occlusion');
  expect((await jobs()).map((job) => 'method' in job && job.method).sort()).toEqual([
    'grad-cam',
    'occlusion',
  ]);
  const second = { ...aHeatmap.heatmap, method: 'occlusion', blobKey: 'a/c.png' };
  await record(resultFor(await task('explain', 'occlusion'), { outcome: 'drawn', heatmap: second }));
  expect(await study()).toMatchObject({ explanation_state: 'PENDING' });
  await record(resultFor(await task('explain', 'grad-cam'), aHeatmap));
  expect(await study()).toMatchObject({ explanation_state: 'READY' });
  const unfaithful = { ...aScore.faithfulness, method: 'occlusion', presentation: 'WITHHELD' } as const;
  await record(resultFor(await task('score', 'occlusion'), { outcome: 'scored', faithfulness: unfaithful }));
  expect(await heatmaps()).toMatchObject([
    { method: 'grad-cam', presentation: null },
    { method: 'occlusion', presentation: 'WITHHELD' },
  ]);
  expect(await study()).toMatchObject({ explanation_state: 'READY' });
});
