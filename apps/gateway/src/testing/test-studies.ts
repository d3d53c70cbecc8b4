import { createHash, randomUUID } from 'node:crypto';
import type { JobResult, ReadingResult } from '@lucency/contracts';
import type { Pool } from 'pg';
import { asTenant } from '../database/tenant.js';
import type { Viewer } from '../identity/viewer.js';
import { submitStudy } from '../study/commands/submit-study.js';
import type { StudySubmission } from '../submission/study-input.js';
import type { TestSite, TestTenants } from './test-tenants.js';

/** An upload whose bytes are stored, as the upload route leaves it. */
export async function storedUpload(
  pool: Pool,
  viewer: Viewer,
  site: TestSite,
  content: string = randomUUID(),
): Promise<string> {
  const id = randomUUID();
  await asTenant(pool, viewer, (client) =>
    client.query(
      `INSERT INTO upload (id, organization_id, site_id, person_id, bytes, media_type, sha256, expires_at)
       VALUES ($1, $2, $3, $4, 1000, 'image/jpeg', $5, now() + interval '15 minutes')`,
      [
        id,
        viewer.organizationId,
        site.id,
        viewer.personId,
        createHash('sha256').update(content).digest('hex'),
      ],
    ),
  );
  await asTenant(pool, viewer, (client) =>
    client.query('UPDATE upload SET stored_at = now() WHERE id = $1', [id]),
  );
  return id;
}

export function submission(
  site: TestSite,
  uploadId: string,
  changes: Partial<StudySubmission> = {},
): StudySubmission {
  return {
    siteId: site.id,
    patientReference: `P-${uploadId.slice(0, 8)}`,
    patientAgeMonths: 30,
    patientBirthDate: null,
    priority: 'ROUTINE',
    accessionNumber: null,
    studyInstanceUid: null,
    uploadIds: [uploadId],
    images: null,
    idempotencyKey: randomUUID(),
    ...changes,
  };
}

export interface TaskRow {
  id: string;
  organization_id: string;
  study_id: string;
  image_id: string;
  kind: 'classify' | 'explain' | 'score';
  model_id: string | null;
  method: string | null;
  state: string;
  attempt: number;
  tries: number;
}

export async function tasksOf(workerPool: Pool, studyId: string): Promise<TaskRow[]> {
  const found = await workerPool.query<TaskRow>('SELECT * FROM task WHERE study_id = $1 ORDER BY kind', [
    studyId,
  ]);
  return found.rows;
}

type Answer<R> = R extends JobResult
  ? Omit<R, 'version' | 'taskId' | 'attempt' | 'organizationId' | 'studyId' | 'imageId' | 'timings' | 'kind'>
  : never;

/** The result a worker would send for this task. */
export function resultFor(task: TaskRow, answer: Answer<JobResult>, attempt = task.attempt): JobResult {
  const head = {
    version: 1 as const,
    kind: task.kind,
    taskId: task.id,
    attempt,
    organizationId: task.organization_id,
    studyId: task.study_id,
    imageId: task.image_id,
    timings: {},
  };
  return { ...head, ...answer } as JobResult;
}

export const aReading: { outcome: 'read'; reading: ReadingResult } = {
  outcome: 'read',
  reading: {
    modelId: 'test-model',
    engine: 'onnx-fp32',
    probability: 0.9,
    logit: 2.2,
    threshold: 0.5,
    decision: 'PNEUMONIA',
    evidence: Array.from({ length: 49 }, (_, index) => index / 49),
    width: 1500,
    height: 1200,
    region: { x: 0.1, y: 0, width: 0.8, height: 1 },
    claims: [{ coverage: 0.95, says: 'CANNOT_TELL', source: null }],
    cautions: ['ROTATED'],
    lungs: {
      box: { x: 0.125, y: 0.25, width: 0.75, height: 0.5 },
      coverage: 0.25,
      confidence: 0.9375,
      mask: Buffer.alloc(98, 0x3c).toString('base64'),
      outline: [
        [
          { x: 0.125, y: 0.25 },
          { x: 0.875, y: 0.25 },
          { x: 0.5, y: 0.75 },
        ],
      ],
      evidenceInside: 0.625,
    },
    type: { normal: 0.125, bacterial: 0.625, viral: 0.25, says: 'BACTERIAL' },
  },
};

export const aHeatmap = {
  outcome: 'drawn',
  heatmap: {
    modelId: 'test-model',
    method: 'grad-cam',
    blobKey: 'a/b.png',
    width: 224,
    height: 224,
    colorMap: 'inferno',
    peak: 1,
    scaleTop: 2,
  },
} as const;

export const aScore = {
  outcome: 'scored',
  faithfulness: {
    modelId: 'test-model',
    method: 'grad-cam',
    insertion: 0.9,
    deletion: 0.2,
    presentation: 'PLAIN',
  },
} as const;

/** A study of one image, as North's technologist submits it, through a pool of theirs. */
export async function submitAtNorth(
  { viewer, sites, appPool }: TestTenants,
  pool: Pool = appPool,
): Promise<void> {
  const technologist = await viewer('north');
  const deps = { pool, ageWithinRange: () => true, admit: async () => null };
  const upload = await storedUpload(pool, technologist, sites.north);
  await submitStudy(deps, technologist, submission(sites.north, upload));
}
