import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConflictError, InputError, NotFoundError, UploadError } from '../../submission/errors.js';
import type { SubmittedImage } from '../../submission/image-input.js';
import type { StudySubmission } from '../../submission/study-input.js';
import { storedUpload, submission, tasksOf } from '../../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../../testing/test-tenants.js';
import { submitStudy } from './submit-study.js';
import { withdrawStudy } from './withdraw-study.js';

const imageWith = (changes: Partial<SubmittedImage>): SubmittedImage => ({
  uploadId: randomUUID(),
  view: 'UNKNOWN',
  seriesInstanceUid: null,
  sopInstanceUid: null,
  ...changes,
});

describe('submitStudy', () => {
  let tenants: TestTenants;
  const ageWithinRange = (months: number | null) => months !== null && months >= 12 && months <= 71;
  const submit = async (input: StudySubmission, subject = 'north') =>
    submitStudy(
      { pool: tenants.appPool, ageWithinRange, admit: async () => null },
      await tenants.viewer(subject),
      input,
    );
  const upload = async (subject = 'north', site = tenants.sites.north, content: string = randomUUID()) =>
    storedUpload(tenants.appPool, await tenants.viewer(subject), site, content);

  beforeAll(async () => {
    tenants = await createTestTenants();
  });
  afterAll(() => tenants.close());

  it('makes one study of fifty identical submissions at once', async () => {
    const input = submission(tenants.sites.north, await upload());
    const answers = await Promise.all(Array.from({ length: 50 }, () => submit(input)));
    expect(new Set(answers.map(({ studyId }) => studyId)).size).toBe(1);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(await tasksOf(tenants.workerPool, answers[0]?.studyId ?? '')).toHaveLength(1);
  });

  it('answers the same image of the same patient with the first study, whatever the key', async () => {
    const reference = randomUUID();
    const inputs = await Promise.all(
      Array.from({ length: 20 }, async () =>
        submission(tenants.sites.north, await upload('north', tenants.sites.north, reference), {
          patientReference: reference,
        }),
      ),
    );
    const answers = await Promise.all(inputs.map((input) => submit(input)));
    expect(new Set(answers.map(({ studyId }) => studyId)).size).toBe(1);
  });

  it('refuses the same key with other content as CONFLICT, and names the first study', async () => {
    const input = submission(tenants.sites.north, await upload());
    const { studyId } = await submit(input);
    await expect(submit({ ...input, patientReference: 'another' })).rejects.toMatchObject({
      code: 'CONFLICT',
      studyId,
    });
    const other = { ...input, uploadIds: [await upload()] };
    await expect(submit(other)).rejects.toBeInstanceOf(ConflictError);
  });

  it('takes the same content again once the first study was withdrawn', async () => {
    const content = randomUUID();
    const patientReference = `P ${content}`;
    const again = async () =>
      submission(tenants.sites.north, await upload('north', tenants.sites.north, content), {
        patientReference,
      });
    const first = await submit(await again());
    await withdrawStudy(
      { pool: tenants.appPool },
      await tenants.viewer('north'),
      first.studyId,
      'wrong patient',
    );
    const second = await submit(await again());
    expect(second).toMatchObject({ created: true });
    expect(second.studyId).not.toBe(first.studyId);
  });

  it('takes an upload for one study only, of its own site and person, and only when it was stored', async () => {
    const { north, south } = tenants.sites;
    const uploadId = await upload();
    await submit(submission(north, uploadId));
    await expect(submit(submission(north, uploadId, { patientReference: 'B' }))).rejects.toMatchObject({
      code: 'UPLOAD_USED',
    });
    await expect(submit(submission(south, await upload()), 'admin')).rejects.toBeInstanceOf(UploadError);
    await expect(submit(submission(north, await upload()), 'admin')).rejects.toMatchObject({
      code: 'UPLOAD_NOT_FOUND',
    });
  });

  it('answers for a site of another organization as for one that does not exist', async () => {
    const uploadId = await upload();
    const messages = await Promise.all(
      [tenants.sites.valley.id, tenants.sites.south.id, randomUUID()].map((siteId) =>
        submit(submission({ ...tenants.sites.north, id: siteId }, uploadId)).catch((error: Error) => {
          expect(error).toBeInstanceOf(NotFoundError);
          return error.message;
        }),
      ),
    );
    expect(new Set(messages).size).toBe(1);
  });

  it('refuses an age outside the model where the site wants that, and stores no date of birth', async () => {
    const uploadId = await upload('south', tenants.sites.south);
    const input = submission(tenants.sites.south, uploadId, {
      patientAgeMonths: null,
      patientBirthDate: '1980-05-17',
    });
    const { studyId } = await submit(input, 'south');
    const stored = await tenants.workerPool.query('SELECT * FROM study WHERE id = $1', [studyId]);
    expect(stored.rows[0]).toMatchObject({ reading_state: 'REFUSED', reading_reason: 'AGE_OUT_OF_RANGE' });
    expect(stored.rows[0].patient_age_months).toBeGreaterThan(500);
    expect(JSON.stringify(stored.rows[0])).not.toContain('1980');
  });

  it('cautions where another patient was said to have the same image, and only then', async () => {
    const { north, south } = tenants.sites;
    const content = randomUUID();
    const cautionsOf = async (patientReference: string) => {
      const input = submission(north, await upload('north', north, content), { patientReference });
      const { studyId } = await submit(input);
      const found = await tenants.workerPool.query('SELECT cautions FROM study WHERE id = $1', [studyId]);
      return { studyId, cautions: found.rows[0].cautions };
    };
    // Of a site that this technologist does not see: nothing is told of it.
    await submit(submission(south, await upload('south', south, content)), 'south');
    const first = await cautionsOf(`A ${content}`);
    expect(first.cautions).toEqual([]);
    const second = await cautionsOf(`B ${content}`);
    expect(second.cautions).toEqual(['SAME_IMAGE_OTHER_PATIENT']);

    const viewer = await tenants.viewer('north');
    await withdrawStudy({ pool: tenants.appPool }, viewer, first.studyId, 'mixed up');
    await withdrawStudy({ pool: tenants.appPool }, viewer, second.studyId, 'mixed up');
    expect((await cautionsOf(`C ${content}`)).cautions).toEqual([]);
  });

  it.each([
    ['patientReference', { patientReference: '   ' }],
    ['patientReference', { patientReference: 'a\u0000b' }],
    ['patientReference', { patientReference: 'x'.repeat(65) }],
    ['patientAgeMonths', { patientAgeMonths: -1 }],
    ['patientBirthDate', { patientAgeMonths: null, patientBirthDate: '2999-01-01' }],
    ['patientBirthDate', { patientBirthDate: '2020-01-01' }],
    ['studyInstanceUid', { studyInstanceUid: '1.2.x' }],
    ['uploadIds', { uploadIds: [] }],
    ['uploadIds', { uploadIds: Array.from({ length: 33 }, () => randomUUID()) }],
    ['images', { uploadIds: null }],
    ['images', { images: [] }],
    ['images', { uploadIds: null, images: [] }],
    ['images', { uploadIds: null, images: [imageWith({ sopInstanceUid: '1.2.x' })] }],
    ['images', { uploadIds: null, images: [imageWith({ uploadId: 'a' }), imageWith({ uploadId: 'a' })] }],
    ['idempotencyKey', { idempotencyKey: '' }],
  ])('names %s as the field at fault for %j', async (field, changes: Partial<StudySubmission>) => {
    const error = await submit(submission(tenants.sites.north, randomUUID(), changes)).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ field });
  });
});
