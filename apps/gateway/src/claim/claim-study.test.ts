import { randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordResults } from '../coordination/record-results.js';
import { decodeId } from '../schema/global-id.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { aReading, resultFor, tasksOf } from '../testing/test-studies.js';

interface Claim {
  by: { name: string };
  until: string;
  viewerHolds: boolean;
}
interface Answer {
  code?: string;
  message?: string;
  study?: { reviewState: string; claim: Claim | null };
}

const [one, other] = ['radiologist-both', 'radiologist-north'];
const names = { one: 'Radiologist, both sites', other: 'Radiologist, North Site' };

let gateway: TestGateway;
let siteId: string;
let seed = 40;

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
  siteId = (await gateway.client('technologist-north').sites()).get('Harbour North') ?? '';
});
afterAll(() => gateway.close());

async function classified(): Promise<string> {
  seed += 1;
  const bytes = await drawPhantom({ seed, width: 300, height: 260 });
  const submission = { siteId, bytes, patientReference: randomUUID() };
  const id = await gateway.client('technologist-north').submitImage(submission);
  const [task] = await tasksOf(gateway.workerPool, decodeId(id).id);
  if (!task) throw new Error('no task');
  await recordResults(gateway.workerPool, task.organization_id, [resultFor(task, aReading)]);
  return id;
}

const fields = 'reviewState claim { by { name } until viewerHolds }';
const shown = `study { ${fields} }`;

async function change(
  field: 'claimStudy' | 'releaseStudy',
  subject: string,
  studyId: string,
): Promise<Answer> {
  const name = field === 'claimStudy' ? 'ClaimStudy' : 'ReleaseStudy';
  const data = await gateway.client(subject).get<Record<string, Answer>>(
    `mutation ($input: ${name}Input!) { ${field}(input: $input) {
      ... on ${name}Payload { ${shown} } ... on Error { code message } } }`,
    { input: { studyId } },
  );
  return data[field] ?? {};
}
const claim = (subject: string, studyId: string) => change('claimStudy', subject, studyId);
const release = (subject: string, studyId: string) => change('releaseStudy', subject, studyId);

async function sign(subject: string, studyId: string, reviewsSeen = 0): Promise<Answer> {
  const { signReview } = await gateway.client(subject).get<{ signReview: Answer }>(
    `mutation ($input: SignReviewInput!) { signReview(input: $input) {
      ... on SignReviewPayload { ${shown} } ... on Error { code message } } }`,
    { input: { studyId, opinion: 'AGREE', finding: 'PNEUMONIA', reviewsSeen } },
  );
  return signReview;
}

async function lapse(studyId: string): Promise<void> {
  const owner = new pg.Client(gateway.ownerUrl);
  await owner.connect();
  await owner.query("UPDATE study SET claimed_until = now() - interval '1 second' WHERE id = $1", [
    decodeId(studyId).id,
  ]);
  await owner.end();
}

it('of two people who claim a study at once one holds it, and the other learns who', async () => {
  const id = await classified();
  const answers = await Promise.all([one, other, one, other].map((subject) => claim(subject, id)));
  const held = answers.filter(({ study }) => study);
  expect(held).toHaveLength(2);
  const holder = held[0]?.study?.claim?.by.name;
  expect(Object.values(names)).toContain(holder);
  for (const { code, message } of answers.filter(({ study }) => !study))
    expect({ code, message }).toEqual({ code: 'WRONG_STATE', message: `${holder} is reading this study.` });
});

it('everybody sees who reads a study, and the holder that it is they', async () => {
  const id = await classified();
  expect((await claim(one, id)).study).toMatchObject({
    reviewState: 'CLAIMED',
    claim: { viewerHolds: true },
  });
  const { study } = await gateway
    .client('technologist-north')
    .get<{ study: Answer['study'] }>(`query ($id: ID!) { study(id: $id) { ${fields} } }`, { id });
  expect(study).toMatchObject({
    reviewState: 'CLAIMED',
    claim: { by: { name: names.one }, viewerHolds: false },
  });
});

it('a claim lasts 15 minutes, is extended by claiming again, and lapses by itself', async () => {
  const id = await classified();
  const first = Date.parse((await claim(one, id)).study?.claim?.until ?? '');
  expect(Math.abs(first - Date.now() - 15 * 60_000)).toBeLessThan(10_000);
  const second = Date.parse((await claim(one, id)).study?.claim?.until ?? '');
  expect(second).toBeGreaterThan(first);
  await lapse(id);
  expect((await claim(other, id)).study?.claim).toMatchObject({ by: { name: names.other } });
  expect(await claim(one, id)).toMatchObject({ code: 'WRONG_STATE' });
});

it('who lets go of a study leaves it to others, and nobody lets go of what another holds', async () => {
  const id = await classified();
  await claim(one, id);
  expect((await release(other, id)).study?.claim).toMatchObject({ by: { name: names.one } });
  expect((await release(one, id)).study).toEqual({ reviewState: 'NONE', claim: null });
  expect((await claim(other, id)).study?.claim).toMatchObject({ viewerHolds: true });
});

it('while another person holds a study nothing is signed; afterwards, and by the holder, it is', async () => {
  const [held, lapsed] = [await classified(), await classified()];
  for (const id of [held, lapsed]) await claim(one, id);
  expect(await sign(other, held)).toEqual({
    code: 'WRONG_STATE',
    message: `${names.one} is reading this study.`,
  });
  await lapse(lapsed);
  expect((await sign(other, lapsed)).study).toEqual({ reviewState: 'SIGNED', claim: null });
  expect((await sign(one, held)).study).toEqual({ reviewState: 'SIGNED', claim: null });
});

it('signing needs no claim, and an addendum neither needs nor allows one', async () => {
  const id = await classified();
  expect((await sign(one, id)).study).toMatchObject({ reviewState: 'SIGNED' });
  expect(await claim(other, id)).toMatchObject({ code: 'WRONG_STATE' });
  expect((await sign(other, id, 1)).study).toMatchObject({ reviewState: 'ADDENDED' });
});

it('a withdrawn study cannot be claimed, and withdrawing ends a claim', async () => {
  const id = await classified();
  await claim(one, id);
  await gateway
    .client('technologist-north')
    .get(`mutation ($id: ID!) { withdrawStudy(input: { studyId: $id, reason: "mix-up" }) { __typename } }`, {
      id,
    });
  expect(await claim(one, id)).toEqual({ code: 'WRONG_STATE', message: 'This study was withdrawn.' });
});

it('only radiologists of the site claim', async () => {
  const id = await classified();
  for (const subject of ['technologist-north', 'technologist-valley', 'administrator-harbour']) {
    expect(await claim(subject, id)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await release(subject, id)).toMatchObject({ code: 'NOT_FOUND' });
  }
});

it('subscribers are told of a claim as of every other change', async () => {
  const id = await classified();
  const changes = gateway
    .client(other)
    .subscribe<{ studyChanged: Answer['study'] }>(
      `subscription ($id: ID!) { studyChanged(id: $id) { ${fields} } }`,
      { id },
    );
  await changes.next();
  await claim(one, id);
  await expect
    .poll(async () => (await changes.next()).value?.studyChanged?.claim?.by.name, { timeout: 5_000 })
    .toBe(names.one);
  await changes.return();
});

it('the list tells what somebody reads from what nobody does', async () => {
  const [held, free] = [await classified(), await classified()];
  await claim(one, held);
  const listed = async (state: string) => {
    const { studies } = await gateway
      .client(other)
      .get<{ studies: { edges: { node: { id: string } }[] } }>(
        `{ studies(first: 100, filter: { reviewStates: [${state}] }) { edges { node { id } } } }`,
      );
    return studies.edges.map(({ node }) => node.id);
  };
  expect(await listed('CLAIMED')).toContain(held);
  expect(await listed('CLAIMED')).not.toContain(free);
  expect(await listed('NONE')).toContain(free);
  expect(await listed('NONE')).not.toContain(held);
});
