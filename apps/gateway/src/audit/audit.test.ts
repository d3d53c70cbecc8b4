import { randomUUID } from 'node:crypto';
import { type Database, demoDirectory, testDatabase } from '@lucency/dev-stack';
import { drawPhantom } from '@lucency/imaging';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordResults } from '../coordination/record-results.js';
import { createPool } from '../database/pool.js';
import { asTenant } from '../database/tenant.js';
import { lookUp } from '../identity/authenticator.js';
import { type Directory, directory, provision } from '../identity/directory.js';
import type { Role } from '../identity/viewer.js';
import { decodeId } from '../schema/global-id.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { aHeatmap, aReading, aScore, resultFor, tasksOf } from '../testing/test-studies.js';

interface Entry {
  at: string;
  action: string;
  person: { id: string; name: string } | null;
  part: string | null;
  site: { name: string } | null;
  objectId: string;
  studyId: string | null;
  details: { name: string; value: string }[];
  number: number | null;
}
interface Shown {
  id: string;
  address: { url: string } | null;
  originalAddress: { url: string } | null;
  heatmap: { id: string; address: { url: string } | null } | null;
}

const technologist = 'technologist-north';
const radiologist = 'radiologist-both';
const administrator = 'administrator-harbour';
const auditor = 'auditor-harbour';

let database: Database;
let gateway: TestGateway;
let owner: Pool;
let siteId: string;

beforeAll(async () => {
  database = await testDatabase();
  // Nobody seals here by themselves.
  const settings = { ADMISSION_MAX_WAIT_SECONDS: '3600', COORDINATOR: 'apart' };
  gateway = await startTestGateway(settings, { database });
  owner = createPool({ url: database.ownerUrl, max: 1, onIdleError: () => undefined });
  siteId = (await gateway.client(technologist).sites()).get('Harbour North') ?? '';
});
afterAll(async () => {
  await owner.end();
  await gateway.close();
});

type Roles = Directory['organizations'][number]['people'][number]['roles'];

/** Gives a person of the demo other roles, named by their sites. */
async function give(subject: string, roles: { role: Role; site: string | null }[]): Promise<void> {
  const { organizations } = directory.parse(demoDirectory);
  const idOf = (site: string | null, sites: { id: string; name: string }[]) =>
    site === null ? null : (sites.find(({ name }) => name === site)?.id ?? '');
  await provision(owner, gateway.signIn.issuer, {
    organizations: organizations.map((organization) => ({
      ...organization,
      people: organization.people
        .filter((person) => person.subject === subject)
        .map((person) => ({
          ...person,
          roles: roles.map(({ role, site }): Roles[number] => ({
            role,
            siteId: idOf(site, organization.sites),
          })),
        })),
    })),
  });
}

async function submitted(): Promise<string> {
  const bytes = await drawPhantom({ seed: Math.floor(Math.random() * 1e9), width: 300, height: 260 });
  return gateway.client(technologist).submitImage({ siteId, bytes, patientReference: randomUUID() });
}

async function record(studyId: string, kind: string, answer: Parameters<typeof resultFor>[1]): Promise<void> {
  const task = (await tasksOf(gateway.workerPool, decodeId(studyId).id)).find((each) => each.kind === kind);
  if (!task) throw new Error(`no task ${kind}`);
  await recordResults(gateway.workerPool, task.organization_id, [resultFor(task, answer)]);
}

async function explained(): Promise<string> {
  const id = await submitted();
  await record(id, 'classify', aReading);
  await record(id, 'explain', aHeatmap);
  await record(id, 'score', aScore);
  return id;
}

const mutate = (subject: string, name: string, input: object) =>
  gateway.client(subject).get<{ answer: { __typename: string } }>(
    `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { answer: ${name}(input: $input) {
      __typename } }`,
    { input },
  );

async function trail(subject: string, filter: object = {}): Promise<Entry[]> {
  const { audit } = await gateway.client(subject).get<{ audit: { edges: { node: Entry }[] } }>(
    `query ($filter: AuditFilter) { audit(first: 100, filter: $filter) { edges { node { at action person { id name } part
      site { name } objectId studyId details { name value } number } } } }`,
    { filter },
  );
  return audit.edges.map(({ node }) => node);
}

async function shown(subject: string, studyId: string): Promise<Shown> {
  const { study } = await gateway.client(subject).get<{ study: { images: Shown[] } }>(
    `query ($id: ID!) { study(id: $id) { images { id address { url } originalAddress { url }
      heatmap { id address { url } } } } }`,
    { id: studyId },
  );
  const [image] = study.images;
  if (!image) throw new Error('a study without an image');
  return image;
}

const actionsOf = (entries: Entry[]) => entries.map(({ action }) => action).reverse();
const sites = '{ viewer { readsAudit sites { name viewerSeesImages } } }';

it('has an entry for each change of a study, in the name of who made it', async () => {
  const id = await explained();
  await mutate(radiologist, 'signReview', {
    studyId: id,
    opinion: 'AGREE',
    finding: 'PNEUMONIA',
    reviewsSeen: 0,
  });
  await mutate(technologist, 'withdrawStudy', { studyId: id, reason: 'a mix-up' });
  // What is refused changes nothing, and is no change.
  await mutate(technologist, 'withdrawStudy', { studyId: id, reason: 'a mix-up' });
  const entries = await trail(auditor, { objectId: id });
  expect(actionsOf(entries)).toEqual([
    'STUDY_SUBMITTED',
    'STUDY_READ',
    'HEATMAP_SHOWN',
    'REVIEW_SIGNED',
    'STUDY_WITHDRAWN',
  ]);
  const withdrawn = entries[0];
  expect(withdrawn).toMatchObject({ objectId: id, studyId: id, part: null, site: { name: 'Harbour North' } });
  expect(withdrawn?.person?.name).toBe('Technologist, North Site');
  expect(entries.find(({ action }) => action === 'STUDY_READ')).toMatchObject({
    person: null,
    part: 'recorder',
  });
  expect(JSON.stringify(entries)).not.toContain('mix-up');
});

it('tells of work that failed and was started anew, and of images that are refused', async () => {
  const id = await submitted();
  await record(id, 'classify', { outcome: 'failed', reason: 'PROCESSING_CRASHED' });
  await mutate(technologist, 'retryStudy', { studyId: id });
  await record(id, 'classify', { outcome: 'refused', reason: 'NOT_CHEST_XRAY' });
  expect(actionsOf(await trail(auditor, { objectId: id }))).toEqual([
    'STUDY_SUBMITTED',
    'STUDY_FAILED',
    'STUDY_RETRIED',
    'STUDY_REFUSED',
  ]);
});

it('tells of destinations and of what was delivered to them', async () => {
  const created = await gateway.client(administrator).get<{ answer: { destination: { id: string } } }>(
    `mutation ($input: CreateDestinationInput!) { answer: createDestination(input: $input) {
      ... on DestinationPayload { destination { id } } } }`,
    { input: { siteId, name: randomUUID(), kind: 'FHIR', url: 'https://fhir.example.org/r4' } },
  );
  const destinationId = created.answer.destination.id;
  await mutate(administrator, 'updateDestination', { destinationId, name: 'Record' });
  const id = await submitted();
  await record(id, 'classify', aReading);
  const service = gateway.client('lucency-demo-client');
  const take = async () => {
    const { answer } = await service.get<{
      answer: { deliveries: { lease: string; delivery: { id: string } }[] };
    }>(
      `mutation { answer: takeDeliveries(input: { limit: 20, leaseSeconds: 60 }) {
        ... on TakeDeliveriesPayload { deliveries { lease delivery { id } } } } }`,
    );
    return answer.deliveries.map(({ lease, delivery }) => ({ lease, deliveryId: delivery.id }));
  };
  const [first] = await take();
  await mutate('lucency-demo-client', 'settleDelivery', {
    ...first,
    outcome: 'HOPELESS',
    reason: 'NOT_AUTHORIZED',
  });
  await mutate(administrator, 'retryDelivery', { deliveryId: first?.deliveryId });
  const [second] = await take();
  await mutate('lucency-demo-client', 'settleDelivery', { ...second, outcome: 'DELIVERED' });
  await mutate(administrator, 'testDestination', { destinationId });
  await mutate(administrator, 'updateDestination', { destinationId, enabled: false });
  const delivered = await trail(auditor, { objectId: id });
  expect(actionsOf(delivered)).toEqual([
    'STUDY_SUBMITTED',
    'STUDY_READ',
    'DELIVERY_FAILED',
    'DELIVERY_RETRIED',
    'DELIVERED',
  ]);
  expect(delivered[0]?.person?.name).toBe('Demo API client');
  const changes = await trail(auditor, { objectId: destinationId });
  expect(actionsOf(changes)).toEqual([
    'DESTINATION_CREATED',
    'DESTINATION_CHANGED',
    'DESTINATION_TESTED',
    'DESTINATION_CHANGED',
  ]);
  expect(changes.at(-2)?.details).toContainEqual({ name: 'changed', value: 'name' });
});

it('tells an auditor who saw an image, once in a quarter of an hour however often it is loaded', async () => {
  const id = await explained();
  const seen = await shown(radiologist, id);
  const { originalAddress } = await shown('lucency-demo-client', id);
  for (const url of [seen.address?.url, seen.address?.url, originalAddress?.url])
    expect((await fetch(url ?? '')).status).toBe(200);
  const other = await shown(technologist, id);
  await Promise.all([1, 2, 3].map(() => fetch(other.address?.url ?? '')));
  const entries = await trail(auditor, { objectId: seen.id, actions: ['IMAGE_VIEWED', 'ORIGINAL_FETCHED'] });
  expect(entries.map(({ action, person, studyId }) => ({ action, name: person?.name, studyId }))).toEqual([
    { action: 'IMAGE_VIEWED', name: 'Technologist, North Site', studyId: id },
    { action: 'ORIGINAL_FETCHED', name: 'Demo API client', studyId: id },
    { action: 'IMAGE_VIEWED', name: 'Radiologist, both sites', studyId: id },
  ]);
  const [{ person } = { person: null }] = entries;
  expect(await trail(auditor, { objectId: id, personIds: [person?.id] })).toHaveLength(2);
});

it('tells of no view of a picture that nobody was given', async () => {
  const id = await explained();
  const { heatmap } = await shown(radiologist, id);
  // Nothing was drawn here: the heatmap of the test has no bytes.
  expect((await fetch(heatmap?.address?.url ?? '')).status).toBe(404);
  expect(actionsOf(await trail(auditor, { objectId: id }))).not.toContain('HEATMAP_VIEWED');
});

it('shows an auditor no picture, except at sites where they have another role', async () => {
  const id = await explained();
  const { address, originalAddress, heatmap } = await shown(auditor, id);
  expect({ address, originalAddress, heatmap: heatmap?.address }).toEqual({
    address: null,
    originalAddress: null,
    heatmap: null,
  });
  await give(auditor, [
    { role: 'AUDITOR', site: null },
    { role: 'RADIOLOGIST', site: 'Harbour North' },
  ]);
  expect((await shown(auditor, id)).address).not.toBeNull();
  expect(await gateway.client(auditor).get(sites)).toEqual({
    viewer: {
      readsAudit: true,
      sites: [
        { name: 'Harbour North', viewerSeesImages: true },
        { name: 'Harbour South', viewerSeesImages: false },
      ],
    },
  });
  await give(auditor, [{ role: 'AUDITOR', site: null }]);
});

it('is empty to other roles, other sites and other organizations', async () => {
  await submitted();
  expect(await trail(administrator)).not.toEqual([]);
  await give('technologist-south', [{ role: 'AUDITOR', site: 'Harbour South' }]);
  await give('technologist-valley', [{ role: 'AUDITOR', site: null }]);
  for (const subject of [technologist, radiologist, 'technologist-south', 'technologist-valley'])
    expect(await trail(subject)).toEqual([]);
  expect(await gateway.client(technologist).get(sites)).toMatchObject({ viewer: { readsAudit: false } });
});

it('nobody changes or deletes an entry or a seal, the owner of the tables included', async () => {
  await submitted();
  const app = createPool({ url: database.appUrl, max: 1, onIdleError: () => undefined });
  for (const pool of [app, gateway.workerPool, owner])
    for (const table of ['audit', 'audit_seal'])
      for (const change of [
        `UPDATE ${table} SET position = 1`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ])
        await expect(pool.query(change), change).rejects.toMatchObject({ code: '42501' });
  await app.end();
});

it('takes no entry in the name of somebody else, of another organization or with a time of its own', async () => {
  const viewer = await lookUp(owner, gateway.signIn.issuer, technologist, Date.now() + 60_000);
  const other = await lookUp(owner, gateway.signIn.issuer, radiologist, Date.now() + 60_000);
  const app = createPool({ url: database.appUrl, max: 1, onIdleError: () => undefined });
  const add = (values: { organizationId?: string; personId?: string; at?: string }) =>
    asTenant(app, viewer, (client) =>
      client.query(
        `INSERT INTO audit (organization_id, person_id, action, object_type, object_id${values.at ? ', at' : ''})
         VALUES ($1, $2, 'STUDY_WITHDRAWN', 'Study', $3${values.at ? ', $4' : ''})`,
        [
          values.organizationId ?? viewer.organizationId,
          values.personId ?? viewer.personId,
          randomUUID(),
          ...(values.at ? [values.at] : []),
        ],
      ),
    );
  await add({});
  for (const forged of [
    { personId: other.personId },
    { organizationId: randomUUID() },
    { at: '2020-01-01T00:00:00Z' },
  ])
    await expect(add(forged)).rejects.toMatchObject({ code: '42501' });
  await app.end();
});
