import { randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordResults } from '../../coordination/record-results.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';
import { aHeatmap, aReading, resultFor, tasksOf } from '../../testing/test-studies.js';
import { decodeId } from '../global-id.js';

interface ImageAnswer {
  view: string;
  sopInstanceUid: string | null;
  readingState: string;
  readingReason: { code: string; message: string } | null;
  explanationState: string;
  address: { url: string } | null;
  reading: { probability: number } | null;
  heatmap: { id: string } | null;
}

interface StudyAnswer {
  id: string;
  readingState: string;
  readingReason: { code: string } | null;
  explanationState: string;
  images: ImageAnswer[];
}

let gateway: TestGateway;
let siteId: string;
const technologist = () => gateway.client('technologist-north');

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
  siteId = (await technologist().sites()).get('Harbour North') ?? '';
});
afterAll(() => gateway.close());

const newUid = () => `1.2.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;

async function anImage(seed: number, facts: object) {
  const bytes = await drawPhantom({ seed, width: 300, height: 260 });
  const uploadId = await technologist().upload({ siteId, bytes, patientReference: '' });
  return { uploadId, sopInstanceUid: newUid(), ...facts };
}

const studyFields = `id readingState readingReason { code } explanationState
  images { view sopInstanceUid readingState readingReason { code message } explanationState address { url }
    reading { probability } heatmap { id } }`;

async function submit(input: object): Promise<StudyAnswer> {
  const { submitStudy } = await technologist().get<{ submitStudy: { study: StudyAnswer } }>(
    `mutation ($input: SubmitStudyInput!) { submitStudy(input: $input) {
      ... on SubmitStudyPayload { study { ${studyFields} } } ... on Error { code message } } }`,
    { input: { siteId, patientReference: randomUUID(), idempotencyKey: randomUUID(), ...input } },
  );
  return submitStudy.study;
}

async function addTo(studyId: string, images: object[]) {
  const { addImages } = await technologist().get<{ addImages: { added: number; study: StudyAnswer } }>(
    `mutation ($input: AddImagesInput!) { addImages(input: $input) {
      ... on AddImagesPayload { added study { ${studyFields} } } ... on Error { code message } } }`,
    { input: { studyId, images } },
  );
  return addImages;
}

const find = async (filter: object, fields = studyFields) => {
  const { studies } = await technologist().get<{ studies: { edges: { node: StudyAnswer }[] } }>(
    `query ($filter: StudyFilter!) { studies(filter: $filter) { edges { node { ${fields} } } } }`,
    { filter },
  );
  return studies.edges.map(({ node }) => node);
};

/** What workers answer to the first open task of a kind. */
async function answer(study: StudyAnswer, kind: string, outcome: Parameters<typeof resultFor>[1]) {
  const tasks = await tasksOf(gateway.workerPool, decodeId(study.id).id);
  const task = tasks.find((each) => each.kind === kind && each.state === 'PENDING');
  if (!task) throw new Error(`no open ${kind} task`);
  await recordResults(gateway.workerPool, task.organization_id, [resultFor(task, outcome)]);
}

it('takes a study of three pictures, one lateral, from its submission to its answer', async () => {
  const images = [
    await anImage(1, { view: 'PA' }),
    await anImage(2, { view: 'LATERAL' }),
    await anImage(3, {}),
  ];
  const study = await submit({ images, studyInstanceUid: newUid() });
  expect(study.images.map(({ view, sopInstanceUid }) => [view, sopInstanceUid])).toEqual([
    ['PA', images[0]?.sopInstanceUid],
    ['LATERAL', images[1]?.sopInstanceUid],
    ['UNKNOWN', images[2]?.sopInstanceUid],
  ]);
  expect(study.images[1]).toMatchObject({
    readingState: 'NOT_READ',
    readingReason: { code: 'LATERAL_NOT_READ', message: expect.stringContaining('frontal views only') },
  });

  await answer(study, 'classify', aReading);
  await answer(study, 'classify', { outcome: 'refused', reason: 'NO_LUNGS' });
  await answer(study, 'explain', aHeatmap);
  const [read] = await find({ readingStates: ['CLASSIFIED'] });
  expect(read).toMatchObject({ id: study.id, readingReason: null, explanationState: 'READY' });
  const states = read?.images.map(({ readingState }) => readingState) ?? [];
  expect([...states].sort()).toEqual(['CLASSIFIED', 'NOT_READ', 'REFUSED']);
  for (const image of read?.images ?? []) {
    const isRead = image.readingState === 'CLASSIFIED';
    expect(image.reading?.probability ?? null).toBe(isRead ? aReading.reading.probability : null);
    expect(image.heatmap !== null).toBe(isRead);
    expect(image.explanationState).toBe(isRead ? 'READY' : 'NONE');
    // All of them are shown.
    expect((await fetch(image.address?.url ?? '')).status).toBe(200);
  }
});

it('lets late images join the study that a client finds by site and Study Instance UID', async () => {
  const studyInstanceUid = newUid();
  const lateral = await anImage(4, { view: 'LATERAL' });
  const study = await submit({ images: [lateral], studyInstanceUid });
  expect(study).toMatchObject({ readingState: 'NOT_READ', readingReason: { code: 'LATERAL_NOT_READ' } });
  expect(await find({ readingStates: ['NOT_READ'] }, 'id')).toEqual([{ id: study.id }]);
  expect(await find({ readingStates: ['RECEIVED'] }, 'id')).toEqual([]);

  const [found] = await find({ siteIds: [siteId], studyInstanceUid }, 'id');
  expect(found).toEqual({ id: study.id });
  const frontal = await anImage(5, { view: 'AP' });
  const { added, study: after } = await addTo(study.id, [lateral, frontal]);
  expect(added).toBe(1);
  expect(after.images.map(({ view }) => view)).toEqual(['LATERAL', 'AP']);
  expect(['RECEIVED', 'QUEUED']).toContain(after.readingState);
  expect(await addTo(study.id, [frontal])).toMatchObject({ added: 0 });
  expect(await find({ siteIds: [siteId], studyInstanceUid: newUid() }, 'id')).toEqual([]);
});

it('calls a UID that is none a mistake of the client', async () => {
  const answered = await technologist().ask('query ($f: StudyFilter) { studies(filter: $f) { revision } }', {
    f: { studyInstanceUid: "1.2' OR true" },
  });
  expect(answered.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});
