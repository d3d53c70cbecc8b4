import { randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordResults } from '../coordination/record-results.js';
import { decodeId } from '../schema/global-id.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { aReading, resultFor, tasksOf } from '../testing/test-studies.js';

interface Signed {
  code?: string;
  field?: string;
  study?: { reviewState: string; reviews: SignedReview[] };
}
interface SignedReview {
  opinion: string;
  finding: { code: string; snomed: string | null };
  comment: string;
  isAddendum: boolean;
  decision: string | null;
  signedBy: { name: string };
}

let gateway: TestGateway;
let siteId: string;

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
  siteId = (await gateway.client('technologist-north').sites()).get('Harbour North') ?? '';
});
afterAll(() => gateway.close());

async function submitted(seed: number): Promise<string> {
  const bytes = await drawPhantom({ seed, width: 300, height: 260 });
  const patientReference = randomUUID();
  return gateway.client('technologist-north').submitImage({ siteId, bytes, patientReference });
}

async function classified(seed: number): Promise<string> {
  const id = await submitted(seed);
  const [task] = await tasksOf(gateway.workerPool, decodeId(id).id);
  if (!task) throw new Error('no task');
  await recordResults(gateway.workerPool, task.organization_id, [resultFor(task, aReading)]);
  return id;
}

async function sign(subject: string, studyId: string, review: object = {}): Promise<Signed> {
  const { signReview } = await gateway.client(subject).get<{ signReview: Signed }>(
    `mutation ($input: SignReviewInput!) { signReview(input: $input) {
      ... on SignReviewPayload { study { reviewState
        reviews { opinion finding { code snomed } comment isAddendum decision signedBy { name } } } }
      ... on InputError { field } ... on Error { code } } }`,
    { input: { studyId, opinion: 'AGREE', finding: 'PNEUMONIA', reviewsSeen: 0, ...review } },
  );
  return signReview;
}

it('a radiologist signs a review and later an addendum, and the earlier text stays', async () => {
  const id = await classified(1);
  expect((await sign('radiologist-both', id, { comment: 'Right lower lobe.' })).study).toMatchObject({
    reviewState: 'SIGNED',
    reviews: [
      {
        opinion: 'AGREE',
        finding: { code: 'PNEUMONIA', snomed: '233604007' },
        comment: 'Right lower lobe.',
        isAddendum: false,
        decision: aReading.reading.decision,
      },
    ],
  });
  const addendum = { opinion: 'UNCERTAIN', finding: 'ATELECTASIS', reviewsSeen: 1 };
  expect((await sign('radiologist-both', id, addendum)).study).toMatchObject({
    reviewState: 'ADDENDED',
    reviews: [{ comment: 'Right lower lobe.' }, { opinion: 'UNCERTAIN', isAddendum: true }],
  });
});

it('nobody else signs, and a study that one may not review is none', async () => {
  const id = await classified(2);
  for (const subject of ['technologist-north', 'technologist-valley'])
    expect(await sign(subject, id)).toMatchObject({ code: 'NOT_FOUND' });
});

it('a review sent again is the first one, and one that has not seen another is not signed', async () => {
  const id = await classified(3);
  await sign('radiologist-both', id);
  expect((await sign('radiologist-both', id)).study?.reviews).toHaveLength(1);
  expect(await sign('radiologist-both', id, { opinion: 'DISAGREE' })).toMatchObject({ code: 'WRONG_STATE' });
  expect(await sign('radiologist-both', id, { reviewsSeen: 7 })).toMatchObject({ code: 'WRONG_STATE' });
});

it('of many that are signed at once, one is', async () => {
  const id = await classified(4);
  const comments = Array.from({ length: 8 }, (_, index) => `reader ${index}`);
  const answers = await Promise.all(comments.map((comment) => sign('radiologist-both', id, { comment })));
  expect(answers.filter(({ study }) => study)).toHaveLength(1);
  expect(answers.filter(({ code }) => code === 'WRONG_STATE')).toHaveLength(7);
});

it('nothing is signed while it is being read, or without saying what was found', async () => {
  expect(await sign('radiologist-both', await submitted(5))).toMatchObject({ code: 'WRONG_STATE' });
  const id = await classified(6);
  expect(await sign('radiologist-both', id, { finding: 'OTHER' })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'comment',
  });
});

it('what is signed can be neither changed nor deleted by any service', async () => {
  const id = decodeId(await classified(7)).id;
  await expect(
    gateway.workerPool.query("UPDATE review SET comment = 'x' WHERE study_id = $1", [id]),
  ).rejects.toThrow(/permission denied/);
  await expect(gateway.workerPool.query('DELETE FROM review WHERE study_id = $1', [id])).rejects.toThrow(
    /permission denied/,
  );
});

it('the worklist can be asked for what waits for a review, the most urgent first', async () => {
  const [signed, waiting] = [await classified(8), await classified(9)];
  await sign('radiologist-both', signed);
  const { studies } = await gateway.client('radiologist-both').get<{
    studies: { edges: { node: { id: string; viewerCanReview: boolean } }[] };
  }>(
    `{ studies(first: 50, orderBy: MOST_URGENT_FIRST, filter: { reviewStates: [NONE], readingStates: [CLASSIFIED] }) {
      edges { node { id viewerCanReview } } } }`,
  );
  const found = studies.edges.map(({ node }) => node);
  expect(found).toContainEqual({ id: waiting, viewerCanReview: true });
  expect(found.map(({ id }) => id)).not.toContain(signed);
});
