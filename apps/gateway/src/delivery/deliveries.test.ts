import { randomUUID } from 'node:crypto';
import { xRayFile } from '@lucency/dicom/samples';
import { drawPhantom } from '@lucency/imaging';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordResults } from '../coordination/record-results.js';
import { decodeId } from '../schema/global-id.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { aHeatmap, aReading, aScore, resultFor, tasksOf } from '../testing/test-studies.js';

interface Delivery {
  id: string;
  content: string;
  state: string;
  reason: { code: string } | null;
  tries: number;
  review: { comment: string } | null;
  destination: { name: string };
}
interface Answer {
  code?: string;
  field?: string;
  destination?: { id: string };
  delivery?: Delivery;
  deliveries?: { lease: string; delivery: Delivery }[];
}

const fields =
  'id content state reason { code } tries review { comment } destination { name } image { originalAddress { url } }';
const administrator = 'administrator-harbour';
const service = 'lucency-demo-client';

let gateway: TestGateway;
let siteId: string;
/** The destination that a test is about; those of others are switched off, and go on collecting. */
let current: string;

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
  siteId = (await gateway.client('technologist-north').sites()).get('Harbour North') ?? '';
});
afterAll(() => gateway.close());

const destinationAnswer = '... on DestinationPayload { destination { id } } ... on InputError { field }';
const deliveryAnswer = `... on DeliveryPayload { delivery { ${fields} } }`;
const answers = {
  createDestination: destinationAnswer,
  updateDestination: destinationAnswer,
  testDestination: deliveryAnswer,
  retryDelivery: deliveryAnswer,
  settleDelivery: `${deliveryAnswer} ... on InputError { field }`,
  takeDeliveries: `... on TakeDeliveriesPayload { deliveries { lease delivery { ${fields} } } }`,
};

async function ask(subject: string, mutation: keyof typeof answers, input: object): Promise<Answer> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const { answer } = await gateway
    .client(subject)
    .get<{ answer: Answer }>(
      `mutation ($input: ${type}!) { answer: ${mutation}(input: $input) { ${answers[mutation]} ... on Error { code } } }`,
      { input },
    );
  return answer;
}

const create = (input: object, subject = administrator) =>
  ask(subject, 'createDestination', { siteId, ...input });
const update = (input: object) => ask(administrator, 'updateDestination', input);
const take = async (subject = service) =>
  (await ask(subject, 'takeDeliveries', { limit: 20, leaseSeconds: 60 })).deliveries ?? [];
const settle = (input: object) => ask(service, 'settleDelivery', input);

async function deliveriesOf(studyId: string, subject = 'technologist-north'): Promise<Delivery[]> {
  const { study } = await gateway
    .client(subject)
    .get<{ study: { deliveries: Delivery[] } }>(
      `query ($id: ID!) { study(id: $id) { deliveries { ${fields} } } }`,
      { id: studyId },
    );
  return study.deliveries.filter(({ destination }) => destination.name === current);
}

/** A destination of its own for each test; the others are switched off. */
async function destination(input: object = {}): Promise<string> {
  const { destinations } = await gateway
    .client(administrator)
    .get<{ destinations: { id: string; enabled: boolean }[] }>('{ destinations { id enabled } }');
  for (const { id, enabled } of destinations)
    if (enabled) await update({ destinationId: id, enabled: false });
  current = randomUUID();
  const made = await create({
    name: current,
    kind: 'DICOM',
    aeTitle: 'PACS',
    host: 'pacs.example.org',
    ...input,
  });
  return made.destination?.id ?? '';
}

const newUid = () => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;

async function submitted({ dicom = true } = {}): Promise<string> {
  const client = gateway.client('technologist-north');
  if (!dicom) {
    const bytes = await drawPhantom({ seed: Math.floor(Math.random() * 1e9), width: 300, height: 260 });
    return client.submitImage({ siteId, bytes, patientReference: randomUUID() });
  }
  const values = new Uint16Array(64).fill(7);
  const elements = [{ tag: 0x00080018, vr: 'UI', value: newUid() }];
  const bytes = xRayFile({ width: 8, height: 8, bits: 12, values }, { elements });
  const patientReference = randomUUID();
  const uploadId = await client.upload({ siteId, bytes, mediaType: 'APPLICATION_DICOM', patientReference });
  const { submitStudy } = await client.get<{ submitStudy: { study: { id: string } } }>(
    `mutation ($input: SubmitStudyInput!) { submitStudy(input: $input) {
      ... on SubmitStudyPayload { study { id } } } }`,
    { input: { siteId, patientReference, idempotencyKey: randomUUID(), uploadIds: [uploadId] } },
  );
  return submitStudy.study.id;
}

async function record(studyId: string, kind: string, answer: Parameters<typeof resultFor>[1]): Promise<void> {
  const task = (await tasksOf(gateway.workerPool, decodeId(studyId).id)).find((each) => each.kind === kind);
  if (!task) throw new Error(`no task ${kind}`);
  await recordResults(gateway.workerPool, task.organization_id, [resultFor(task, answer)]);
}

async function read(options = {}): Promise<string> {
  const id = await submitted(options);
  await record(id, 'classify', aReading);
  return id;
}

it('sends a reading at once, its heatmap once it was checked, and what a person signs', async () => {
  await destination();
  const id = await submitted();
  expect(await deliveriesOf(id)).toEqual([]);
  await record(id, 'classify', aReading);
  expect(await deliveriesOf(id)).toMatchObject([{ content: 'RESULT', state: 'PENDING' }]);
  await record(id, 'explain', aHeatmap);
  expect(await deliveriesOf(id)).toHaveLength(1);
  await record(id, 'score', aScore);
  await gateway
    .client('radiologist-both')
    .get(`mutation ($input: SignReviewInput!) { signReview(input: $input) { __typename } }`, {
      input: { studyId: id, opinion: 'AGREE', finding: 'PNEUMONIA', comment: 'Seen.', reviewsSeen: 0 },
    });
  expect(await deliveriesOf(id)).toMatchObject([
    { content: 'RESULT' },
    { content: 'HEATMAP' },
    { content: 'REVIEW', review: { comment: 'Seen.' } },
  ]);
});

it('sends no heatmap that is withheld, and why an image was refused', async () => {
  await destination();
  const id = await read();
  await record(id, 'explain', aHeatmap);
  await record(id, 'score', {
    ...aScore,
    faithfulness: { ...aScore.faithfulness, presentation: 'WITHHELD' },
  });
  expect(await deliveriesOf(id)).toMatchObject([{ content: 'RESULT' }]);
  const refused = await submitted();
  await record(refused, 'classify', { outcome: 'refused', reason: 'NO_LUNGS' });
  expect(await deliveriesOf(refused)).toMatchObject([{ content: 'RESULT' }]);
});

it('sends a PACS nothing of an image that no instance of DICOM stands behind, and a FHIR server all', async () => {
  await destination();
  expect(await deliveriesOf(await read({ dicom: false }))).toEqual([]);
  await destination({ kind: 'FHIR', aeTitle: null, host: null, url: 'https://fhir.example.org/r4' });
  expect(await deliveriesOf(await read({ dicom: false }))).toHaveLength(1);
});

it('of many who ask at once one is given each delivery, again when its lease ends', async () => {
  const destinationId = await destination();
  const ids = await Promise.all([read(), read()]);
  const taken = (await Promise.all([take(), take(), take(), take()])).flat();
  expect(taken.map(({ delivery }) => delivery.id).sort()).toEqual(
    (await Promise.all(ids.map((id) => deliveriesOf(id)))).flatMap((all) => all.map(({ id }) => id)).sort(),
  );
  expect(await take()).toEqual([]);
  const [first] = taken;
  const { delivery } = await settle({
    deliveryId: first?.delivery.id,
    lease: first?.lease,
    outcome: 'DELIVERED',
  });
  expect(delivery).toMatchObject({ state: 'DELIVERED', reason: null, tries: 1 });
  // What somebody says whose lease is over changes nothing.
  expect(
    await settle({ deliveryId: first?.delivery.id, lease: first?.lease, outcome: 'DELIVERED' }),
  ).toMatchObject({ code: 'NOT_FOUND' });

  const [, dead] = taken;
  const owner = new pg.Client(gateway.ownerUrl);
  await owner.connect();
  await owner.query('UPDATE delivery SET due_at = now() WHERE id = $1', [
    decodeId(dead?.delivery.id ?? '').id,
  ]);
  await owner.end();
  const [again] = await take();
  expect(again?.delivery).toMatchObject({ id: dead?.delivery.id, tries: 2 });
  expect(again?.lease).not.toBe(dead?.lease);
  await update({ destinationId, enabled: false });
});

it('tries again what may succeed, gives up what cannot, and sends it when an administrator says so', async () => {
  await destination();
  const id = await read();
  const [away] = await take();
  const lease = { deliveryId: away?.delivery.id, lease: away?.lease };
  expect(await settle({ ...lease, outcome: 'AGAIN' })).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'reason',
  });
  const again = await settle({ ...lease, outcome: 'AGAIN', reason: 'UNREACHABLE' });
  expect(again.delivery).toMatchObject({ state: 'PENDING', reason: { code: 'UNREACHABLE' } });
  expect(await take()).toEqual([]);

  const retry = (subject: string) => ask(subject, 'retryDelivery', { deliveryId: away?.delivery.id });
  expect(await retry('technologist-north')).toMatchObject({ code: 'NOT_FOUND' });
  expect((await retry(administrator)).delivery).toMatchObject({ state: 'PENDING', tries: 0 });
  const [retaken] = await take();
  const hopeless = await settle({
    deliveryId: retaken?.delivery.id,
    lease: retaken?.lease,
    outcome: 'HOPELESS',
    reason: 'OBJECT_REFUSED',
  });
  expect(hopeless.delivery).toMatchObject({ state: 'FAILED', reason: { code: 'OBJECT_REFUSED' } });
  expect((await retry(administrator)).delivery).toMatchObject({ state: 'PENDING' });
  expect(await deliveriesOf(id)).toHaveLength(1);
});

it('sends nothing of a study that was withdrawn, and nothing to what is switched off until it is on again', async () => {
  const destinationId = await destination();
  const [withdrawn, kept] = [await read(), await read()];
  await gateway
    .client('technologist-north')
    .get(`mutation ($input: WithdrawStudyInput!) { withdrawStudy(input: $input) { __typename } }`, {
      input: { studyId: withdrawn, reason: 'Wrong patient' },
    });
  await update({ destinationId, enabled: false });
  expect(await take()).toEqual([]);
  const meanwhile = await read();
  await update({ destinationId, enabled: true });
  const taken = (await Promise.all([await take(), await take()])).flat().map(({ delivery }) => delivery.id);
  const waiting = [await deliveriesOf(kept), await deliveriesOf(meanwhile)].flat().map(({ id }) => id);
  expect(taken.sort()).toEqual(waiting.sort());
  expect(await deliveriesOf(withdrawn)).toMatchObject([{ state: 'CANCELLED' }]);
});

it('sends of one image one thing after the other, so that no answer overtakes a signature', async () => {
  await destination();
  const id = await read();
  await gateway
    .client('radiologist-both')
    .get(`mutation ($input: SignReviewInput!) { signReview(input: $input) { __typename } }`, {
      input: { studyId: id, opinion: 'AGREE', finding: 'PNEUMONIA', reviewsSeen: 0 },
    });
  const [result, ...others] = await take();
  expect(others).toEqual([]);
  expect(result?.delivery.content).toBe('RESULT');
  expect(await take()).toEqual([]);
  await settle({ deliveryId: result?.delivery.id, lease: result?.lease, outcome: 'DELIVERED' });
  expect((await take()).map(({ delivery }) => delivery.content)).toEqual(['REVIEW']);
});

it('hands out a few of each destination, so that one that hangs keeps nothing from the others', async () => {
  await destination();
  const hanging = current;
  await Promise.all([read(), read(), read(), read()]);
  const name = randomUUID();
  const made = await create({ name, kind: 'DICOM', aeTitle: 'OTHER', host: 'pacs.example.org' });
  await read();
  const names = (await take()).map(({ delivery }) => delivery.destination.name);
  expect(names.filter((each) => each === hanging)).toHaveLength(2);
  expect(names).toContain(name);
  expect(await take()).toEqual([]);
  await update({ destinationId: made.destination?.id, enabled: false });
});

it('sends a refusal that follows from the submission itself', async () => {
  const south = (await gateway.client('technologist-south').sites()).get('Harbour South') ?? '';
  await destination({
    siteId: south,
    kind: 'FHIR',
    aeTitle: null,
    host: null,
    url: 'https://fhir.example.org/r4',
  });
  const bytes = await drawPhantom({ seed: 77, width: 300, height: 260 });
  const id = await gateway.client('technologist-south').submitImage({
    siteId: south,
    bytes,
    patientReference: randomUUID(),
    patientAgeMonths: 900,
  });
  expect(await deliveriesOf(id, 'technologist-south')).toMatchObject([
    { content: 'RESULT', state: 'PENDING' },
  ]);
});

it('gives the file as it came to whoever sends it, and to nobody else', async () => {
  await destination();
  const id = await read();
  for (const [subject, seen] of [
    [service, true],
    ['technologist-north', false],
    ['radiologist-both', false],
    [administrator, false],
  ] as const) {
    const { study } = await gateway
      .client(subject)
      .get<{ study: { images: { originalAddress: { url: string } | null }[] } }>(
        'query ($id: ID!) { study(id: $id) { images { originalAddress { url } } } }',
        { id },
      );
    const address = study.images[0]?.originalAddress?.url;
    expect(Boolean(address), subject).toBe(seen);
    if (!address) continue;
    const start = await fetch(address, { headers: { range: 'bytes=0-131' } });
    expect([start.status, start.headers.get('content-type')]).toEqual([206, 'application/dicom']);
    expect(
      Buffer.from(await start.arrayBuffer())
        .subarray(128)
        .toString(),
    ).toBe('DICM');
    const whole = await fetch(address);
    expect([whole.status, whole.headers.get('content-disposition')]).toEqual([200, 'attachment']);
  }
});

it('greets a destination once for an administrator who waits for it', async () => {
  const destinationId = await destination();
  const test = await ask(administrator, 'testDestination', { destinationId });
  expect(test.delivery).toMatchObject({ content: 'ECHO', state: 'PENDING' });
  const [echo] = await take();
  const end = { deliveryId: echo?.delivery.id, lease: echo?.lease, outcome: 'AGAIN', reason: 'TIMED_OUT' };
  expect((await settle(end)).delivery).toMatchObject({ state: 'FAILED', reason: { code: 'TIMED_OUT' } });
});

it('takes addresses that can be right, and names the field of those that cannot', async () => {
  const dicom = { name: 'a', kind: 'DICOM', aeTitle: 'PACS', host: 'pacs' };
  const web = { name: 'a', kind: 'DICOMWEB', url: 'https://pacs.example.org/dicom-web' };
  for (const [field, input] of [
    ['aeTitle', { ...dicom, aeTitle: 'LONGER THAN SIXTEEN' }],
    ['host', { ...dicom, host: 'http://pacs' }],
    ['port', { ...dicom, port: 70_000 }],
    ['url', { ...dicom, url: 'https://pacs' }],
    ['url', { ...web, url: 'ftp://pacs' }],
    ['url', { ...web, url: 'https://user:word@pacs' }],
    ['secretName', { ...web, authentication: 'BASIC' }],
    ['userName', { ...web, authentication: 'BASIC', secretName: 'pacs' }],
    ['issuer', { ...web, authentication: 'OAUTH', secretName: 'pacs', userName: 'lucency' }],
    ['scope', { ...web, authentication: 'BASIC', secretName: 'pacs', userName: 'lucency', scope: 'all' }],
    ['host', { ...web, host: 'pacs' }],
  ] as const)
    expect(await create(input), JSON.stringify(input)).toMatchObject({ code: 'INVALID_INPUT', field });
  const name = randomUUID();
  expect(await create({ ...dicom, name })).toHaveProperty('destination');
  expect(await create({ ...dicom, name })).toMatchObject({ code: 'INVALID_INPUT', field: 'name' });
});

it('nobody else sees, changes or takes anything of a site', async () => {
  await destination();
  const id = await read();
  for (const subject of ['technologist-north', 'technologist-valley', service]) {
    const made = await create({ name: 'mine', kind: 'DICOM', aeTitle: 'A', host: 'b' }, subject);
    expect(made, subject).toMatchObject({ code: 'NOT_FOUND' });
  }
  expect(await take('technologist-north')).toEqual([]);
  expect(await take(administrator)).toEqual([]);
  const seen = await gateway
    .client('technologist-valley')
    .get<{ deliveries: { edges: unknown[] }; destinations: unknown[] }>(
      '{ destinations { id } deliveries(first: 10) { edges { node { id } } } }',
    );
  expect(seen).toEqual({ destinations: [], deliveries: { edges: [] } });
  expect(await deliveriesOf(id, 'radiologist-both')).toHaveLength(1);
});
