import { randomUUID } from 'node:crypto';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChainedEntry, hashOf } from '../../audit/chain.js';
import { sealEntries } from '../../audit/seal-entries.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

let gateway: TestGateway;
const studies: string[] = [];
/** More than one page. */
const viewsBesides = 1_200;

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600', COORDINATOR: 'apart' });
  const technologist = gateway.client('technologist-north');
  const siteId = (await technologist.sites()).get('Harbour North') ?? '';
  for (const seed of [1, 2]) {
    const bytes = await drawPhantom({ seed, width: 300, height: 260 });
    studies.push(await technologist.submitImage({ siteId, bytes, patientReference: randomUUID() }));
  }
  await gateway.workerPool.query(
    `INSERT INTO audit (organization_id, site_id, part, action, object_type, object_id)
     SELECT organization_id, site_id, 'recorder', 'STUDY_READ', 'Study', gen_random_uuid()
     FROM study, generate_series(1, $1) WHERE organization_id = (SELECT min(organization_id::text)::uuid FROM study)`,
    [viewsBesides / 2],
  );
  await sealEntries(gateway.workerPool);
});
afterAll(() => gateway.close());

async function ask(subject: string | null, search = ''): Promise<Response> {
  const token = subject && (await gateway.signIn.tokenFor(subject));
  return fetch(`${gateway.url}/audit${search}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
}

type Line = Omit<ChainedEntry, 'at'> & {
  at: string;
  number: number | null;
  previousHash: string;
  hash: string;
  personName: string | null;
};

async function lines(search = ''): Promise<Line[]> {
  const answer = await ask('auditor-harbour', search);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch('application/x-ndjson');
  const text = await answer.text();
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
}

it('streams every entry as a line of JSON, from which its hash can be computed again', async () => {
  const exported = await lines('?before=2999-01-01T00:00:00Z');
  const sealed = exported.filter(({ number }) => number !== null);
  expect(sealed.map(({ number }) => number)).toEqual(
    Array.from({ length: viewsBesides + studies.length }, (_, index) => index + 1),
  );
  let previous = '';
  for (const { number, previousHash, hash, at, ...entry } of sealed) {
    expect(previousHash).toBe(previous);
    previous = hashOf(previous, number ?? 0, { ...entry, at: new Date(at) });
    expect(hash).toBe(previous);
  }
  expect(sealed[0]).toMatchObject({ action: 'STUDY_SUBMITTED', personName: 'Technologist, North Site' });
});

it('is itself in the trail, before its first line has left', async () => {
  const exported = await lines(`?from=${new Date(Date.now() - 60_000).toISOString()}`);
  expect(exported.at(-1)).toMatchObject({ action: 'AUDIT_EXPORTED', personName: 'Auditor', siteId: null });
});

it('takes the filter of the query', async () => {
  expect(await lines(`?objectId=${studies[0]}`)).toHaveLength(1);
  expect(await lines('?actions=STUDY_SUBMITTED&actions=STUDY_WITHDRAWN')).toHaveLength(2);
  expect(await lines('?before=2000-01-01T00:00:00Z')).toEqual([]);
});

it('is refused to others, and says what is wrong with a filter', async () => {
  const codeOf = async (answer: Response) => [
    answer.status,
    ((await answer.json()) as { code: string }).code,
  ];
  expect(await codeOf(await ask(null))).toEqual([401, 'UNAUTHENTICATED']);
  for (const subject of ['technologist-north', 'radiologist-both', 'lucency-demo-client'])
    expect(await codeOf(await ask(subject))).toEqual([404, 'NOT_FOUND']);
  for (const search of [
    '?from=yesterday',
    '?actions=NOTHING',
    '?siteIds=x',
    `?personIds=${studies[0]}`,
    '?when=now',
  ])
    expect(await codeOf(await ask('auditor-harbour', search)), search).toEqual([400, 'BAD_USER_INPUT']);
});
