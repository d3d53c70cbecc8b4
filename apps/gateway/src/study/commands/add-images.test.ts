import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordResults } from '../../coordination/record-results.js';
import { BusyError, ConflictError, InputError, NotFoundError, StateError } from '../../submission/errors.js';
import { maxImages, type SubmittedImage } from '../../submission/image-input.js';
import type { StudySubmission } from '../../submission/study-input.js';
import { aReading, resultFor, storedUpload, submission, tasksOf } from '../../testing/test-studies.js';
import { createTestTenants, type TestSite, type TestTenants } from '../../testing/test-tenants.js';
import { addImages } from './add-images.js';
import { submitStudy } from './submit-study.js';
import { withdrawStudy } from './withdraw-study.js';

let tenants: TestTenants;
let north: TestSite;
let south: TestSite;

beforeAll(async () => {
  tenants = await createTestTenants();
  ({ north, south } = tenants.sites);
});
afterAll(() => tenants.close());

const newUid = () => `1.2.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
const deps = (busy: number | null = null) => ({
  pool: tenants.appPool,
  ageWithinRange: (months: number | null) => months !== null && months <= 71,
  admit: async () => busy,
});

async function image(
  changes: Partial<SubmittedImage> & { content?: string } = {},
  subject = 'north',
  site = north,
): Promise<SubmittedImage> {
  const { content = randomUUID(), ...facts } = changes;
  const uploadId = await storedUpload(tenants.appPool, await tenants.viewer(subject), site, content);
  return { uploadId, view: 'UNKNOWN', seriesInstanceUid: null, sopInstanceUid: null, ...facts };
}

async function submit(images: SubmittedImage[], changes: Partial<StudySubmission> = {}, subject = 'north') {
  const site = subject === 'south' ? south : north;
  const input = submission(site, '', { patientReference: 'P-1', uploadIds: null, images, ...changes });
  return submitStudy(deps(), await tenants.viewer(subject), input);
}

const add = async (
  studyId: string,
  images: SubmittedImage[],
  subject = 'north',
  busy: number | null = null,
) => addImages(deps(busy), await tenants.viewer(subject), studyId, images);

const stored = async (studyId: string) =>
  (await tenants.workerPool.query('SELECT * FROM study WHERE id = $1', [studyId])).rows[0];
const imagesOf = async (studyId: string) =>
  (await tenants.workerPool.query('SELECT * FROM image WHERE study_id = $1 ORDER BY position', [studyId]))
    .rows;

/** Settles every open reading of a study, all of one study in one batch. */
async function read(
  studyId: string,
  answers: (typeof aReading | { outcome: 'refused'; reason: 'NO_LUNGS' })[],
) {
  const open = (await tasksOf(tenants.workerPool, studyId)).filter(
    ({ kind, state }) => kind === 'classify' && state === 'PENDING',
  );
  expect(open).toHaveLength(answers.length);
  const results = open.flatMap((task, index) => {
    const answer = answers[index];
    return answer ? [resultFor(task, answer)] : [];
  });
  await recordResults(tenants.workerPool, north.organizationId, results);
}

const reading = (probability: number, decision: 'NORMAL' | 'PNEUMONIA') => ({
  ...aReading,
  reading: { ...aReading.reading, probability, decision },
});

describe('a study of several images', () => {
  it('has a task for each frontal image and none for a lateral', async () => {
    const images = [await image({ view: 'PA' }), await image(), await image({ view: 'LATERAL' })];
    const { studyId } = await submit(images);
    expect((await imagesOf(studyId)).map(({ view, position }) => [view, position])).toEqual([
      ['PA', 0],
      ['UNKNOWN', 1],
      ['LATERAL', 2],
    ]);
    expect(await tasksOf(tenants.workerPool, studyId)).toHaveLength(2);
  });

  it('answers with the highest probability, also when both readings come at once', async () => {
    const { studyId } = await submit([await image({ view: 'PA' }), await image({ view: 'AP' })]);
    await read(studyId, [reading(0.8, 'PNEUMONIA'), reading(0.1, 'NORMAL')]);
    expect(await stored(studyId)).toMatchObject({
      reading_state: 'CLASSIFIED',
      probability: 0.8,
      decision: 'PNEUMONIA',
    });
  });

  it('is not refused while one of its images was read', async () => {
    const { studyId } = await submit([await image(), await image(), await image({ view: 'OTHER' })]);
    await read(studyId, [{ outcome: 'refused', reason: 'NO_LUNGS' }, reading(0.1, 'NORMAL')]);
    expect(await stored(studyId)).toMatchObject({
      reading_state: 'CLASSIFIED',
      reading_reason: null,
      decision: 'NORMAL',
    });
  });

  it('keeps laterals alone without an error, in words that gateways of the release before can read', async () => {
    const { studyId } = await submit([await image({ view: 'LATERAL' })]);
    expect(await stored(studyId)).toMatchObject({
      reading_state: 'RECEIVED',
      reading_reason: 'LATERAL_NOT_READ',
    });
    await add(studyId, [await image({ view: 'PA' })]);
    expect(await stored(studyId)).toMatchObject({ reading_state: 'RECEIVED', reading_reason: null });
  });

  it('is not read at a site that takes no patient of this age', async () => {
    const images = [await image({}, 'south', south), await image({ view: 'LATERAL' }, 'south', south)];
    const { studyId } = await submit(images, { patientAgeMonths: 600 }, 'south');
    await addImages(deps(), await tenants.viewer('south'), studyId, [await image({}, 'south', south)]);
    expect(await stored(studyId)).toMatchObject({
      reading_state: 'REFUSED',
      reading_reason: 'AGE_OUT_OF_RANGE',
    });
  });
});

describe('addImages', () => {
  let studyId: string;
  let first: SubmittedImage;
  beforeEach(async () => {
    first = await image({ sopInstanceUid: newUid(), view: 'PA' });
    ({ studyId } = await submit([first], { patientReference: `P-${randomUUID()}` }));
  });

  it('takes an answered study back to QUEUED, keeps its answer meanwhile, and forward again', async () => {
    await read(studyId, [reading(0.7, 'PNEUMONIA')]);
    const { added, change } = await add(studyId, [await image({ view: 'AP' })]);
    expect(added).toBe(1);
    expect(change?.studies).toEqual([{ id: studyId, siteId: north.id }]);
    expect(await stored(studyId)).toMatchObject({ reading_state: 'QUEUED', probability: 0.7 });
    await read(studyId, [reading(0.9, 'PNEUMONIA')]);
    expect(await stored(studyId)).toMatchObject({ reading_state: 'CLASSIFIED', probability: 0.9 });
  });

  it('leaves an answered study as it is for a late lateral, and tells of it', async () => {
    await read(studyId, [reading(0.7, 'PNEUMONIA')]);
    const { change } = await add(studyId, [await image({ view: 'LATERAL' })]);
    expect(change?.studies).toEqual([{ id: studyId, siteId: north.id }]);
    expect(await stored(studyId)).toMatchObject({ reading_state: 'CLASSIFIED' });
  });

  it('adds the same instance once, and the same picture once, however often and at once it is sent', async () => {
    const late = { sopInstanceUid: newUid(), content: randomUUID() };
    const copies = await Promise.all(Array.from({ length: 8 }, () => image(late)));
    const answers = await Promise.all(copies.map((copy) => add(studyId, [copy])));
    expect(answers.reduce((sum, { added }) => sum + added, 0)).toBe(1);
    expect(await add(studyId, [first, await image({ content: late.content })])).toEqual({
      added: 0,
      change: null,
    });
    expect(await imagesOf(studyId)).toHaveLength(2);
  });

  it('refuses another picture under a known SOP Instance UID, and instances of another study', async () => {
    const sopInstanceUid = first.sopInstanceUid;
    await expect(add(studyId, [await image({ sopInstanceUid })])).rejects.toMatchObject({
      code: 'CONFLICT',
      studyId,
    });
    const taken = { sopInstanceUid: newUid(), content: randomUUID() };
    const other = await submit([await image(taken)], { patientReference: 'another' });
    await expect(add(studyId, [await image(taken)])).rejects.toMatchObject({
      code: 'CONFLICT',
      studyId: other.studyId,
    });
  });

  it('takes an instance again once its study was withdrawn, and nothing for a withdrawn one', async () => {
    const withdraw = async (id: string) =>
      withdrawStudy({ pool: tenants.appPool }, await tenants.viewer('north'), id, 'mixed up');
    const taken = { sopInstanceUid: newUid(), content: randomUUID() };
    const other = await submit([await image(taken)], { patientReference: 'mixed up' });
    await withdraw(other.studyId);
    expect((await add(studyId, [await image(taken)])).added).toBe(1);
    await expect(add(other.studyId, [await image()])).rejects.toBeInstanceOf(StateError);
  });

  it('knows no study that the viewer may not change, and joins nothing of another site', async () => {
    for (const subject of ['south', 'valley', 'both']) {
      await expect(add(studyId, [first], subject)).rejects.toBeInstanceOf(NotFoundError);
    }
    // The UIDs of a study of North, at South.
    const { sopInstanceUid } = first;
    const twin = await submit([await image({ sopInstanceUid }, 'south', south)], {}, 'south');
    expect(twin.created).toBe(true);
    expect(twin.studyId).not.toBe(studyId);
  });

  it('is refused while the site is busy, but for what is there already or is not read', async () => {
    const late = await image();
    await expect(add(studyId, [late], 'north', 5)).rejects.toBeInstanceOf(BusyError);
    expect((await add(studyId, [first], 'north', 5)).added).toBe(0);
    expect((await add(studyId, [await image({ view: 'LATERAL' })], 'north', 5)).added).toBe(1);
  });

  it('refuses more images than a study may have', async () => {
    const many = await Promise.all(Array.from({ length: maxImages }, () => image()));
    await expect(add(studyId, many)).rejects.toBeInstanceOf(InputError);
    expect((await add(studyId, many.slice(1))).added).toBe(maxImages - 1);
  });

  it('cautions where a late image is said to be of another patient, too', async () => {
    const content = randomUUID();
    await submit([await image({ content })], { patientReference: `other ${content}` });
    await add(studyId, [await image({ content })]);
    expect(await stored(studyId)).toMatchObject({ cautions: ['SAME_IMAGE_OTHER_PATIENT'] });
  });
});

describe('submitStudy of known instances', () => {
  it('answers with the study that has them all, and names the one that has some', async () => {
    const patientReference = `P-${randomUUID()}`;
    const [one, two] = [
      { sopInstanceUid: newUid(), content: randomUUID() },
      { sopInstanceUid: newUid(), content: randomUUID() },
    ];
    const first = await submit([await image(one), await image(two)], { patientReference });
    const again = await submit([await image(one)], { patientReference });
    expect(again).toMatchObject({ studyId: first.studyId, created: false });
    const more = [await image(one), await image({ sopInstanceUid: newUid() })];
    await expect(submit(more, { patientReference })).rejects.toMatchObject({ studyId: first.studyId });
    await expect(submit([await image(one)], { patientReference: 'other' })).rejects.toBeInstanceOf(
      ConflictError,
    );
  });

  it('makes one study of submissions of one instance at once, whatever their keys and companions', async () => {
    const patientReference = `P-${randomUUID()}`;
    const shared = { sopInstanceUid: newUid(), content: randomUUID() };
    const submissions = await Promise.all(
      Array.from({ length: 6 }, async () => [await image(shared), await image({ sopInstanceUid: newUid() })]),
    );
    const ends = await Promise.allSettled(submissions.map((images) => submit(images, { patientReference })));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(ConflictError);
  });

  it('takes the same picture twice as one image', async () => {
    const content = randomUUID();
    const { studyId } = await submit([await image({ content }), await image({ content })]);
    expect(await imagesOf(studyId)).toHaveLength(1);
  });
});
