import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PostgresServer, startPostgres } from '@lucency/dev-stack';
import { drawPhantom } from '@lucency/imaging';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { encodeId } from '../schema/global-id.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

/** As a patient's name might come along in any text; letters alone, so that it can stand where a name must. */
const mark = 'CANARYDOE';
const found = new RegExp([mark, Buffer.from(mark).toString('base64').slice(2, 9)].join('|'), 'i');

describe('texts of clients', () => {
  let folder: string;
  let postgres: PostgresServer;
  let gateway: TestGateway;
  let headers: Record<string, string>;
  let siteId: string;
  let image: Uint8Array;
  const printed: string[] = [];

  beforeAll(async () => {
    for (const stream of [process.stdout, process.stderr]) {
      const write = stream.write.bind(stream);
      vi.spyOn(stream, 'write').mockImplementation((text, ...rest: unknown[]) => {
        printed.push(String(text));
        return Reflect.apply(write, stream, [text, ...rest]);
      });
    }
    for (const method of ['log', 'warn', 'error', 'info'] as const) {
      vi.spyOn(console, method).mockImplementation(
        (...said) => void printed.push(said.map(String).join(' ')),
      );
    }
    folder = await mkdtemp(path.join(tmpdir(), 'lucency-canary-'));
    postgres = await startPostgres({ logFile: path.join(folder, 'postgres.log') });
    const database = await postgres.createDatabase();
    // As Postgres is configured unless somebody thinks of it.
    const owner = new pg.Client(postgres.url);
    await owner.connect();
    await owner.query(`ALTER SYSTEM SET log_error_verbosity = 'default'`);
    await owner.query(
      `ALTER DATABASE "${new URL(database.appUrl).pathname.slice(1)}" SET log_error_verbosity = 'default'`,
    );
    await owner.end();
    gateway = await startTestGateway(
      { LOG_LEVEL: 'debug', ADMISSION_MAX_WAIT_SECONDS: '3600' },
      { database },
    );
    const token = await gateway.signIn.tokenFor('technologist-north');
    headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    siteId = (await gateway.client('technologist-north').sites()).get('Harbour North') ?? '';
    image = await drawPhantom({ seed: 4, width: 300, height: 260 });
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await gateway.close();
    await postgres.stop();
    await rm(folder, { recursive: true });
  });

  const post = (body: unknown, more: Record<string, string> = {}, address = '/graphql') =>
    fetch(`${gateway.url}${address}`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }).then((answer) => answer.text());

  /** Everything that anyone but the client could read of it later. */
  async function traces(): Promise<Record<string, string>> {
    await sleep(300);
    return {
      log: gateway.log.map(({ text }) => text).join(''),
      printed: printed.join('\n'),
      metrics: await (await fetch(`http://localhost:${gateway.healthPort}/metrics`)).text(),
      postgres: await readFile(path.join(folder, 'postgres.log'), 'utf8'),
    };
  }
  async function expectNoMark(): Promise<void> {
    for (const [where, text] of Object.entries(await traces())) {
      const line = text.split('\n').find((each) => found.test(each)) ?? null;
      expect({ where, line }).toEqual({ where, line: null });
    }
  }

  const submitting = (input: object) => ({
    query:
      'mutation ($i: SubmitStudyInput!) { submitStudy(input: $i) { __typename ... on Error { message } } }',
    variables: {
      i: {
        siteId,
        patientReference: mark,
        uploadIds: [encodeId('Upload', randomUUID())],
        idempotencyKey: mark,
        ...input,
      },
    },
  });
  const filtered = (type: string, use: string, value: unknown) => ({
    query: `query ($v: ${type}) { studies(${use}) { revision } }`,
    variables: { v: value },
  });
  const typed = () => Buffer.from(`${mark}:${randomUUID()}`).toString('base64url');
  const operations: [string, () => unknown][] = [
    ['an unknown field', () => ({ query: `{ ${mark} }` })],
    ['an alias', () => ({ query: `{ ${mark}: nothing }` })],
    ['a literal', () => ({ query: `{ studies(first: "${mark}") { revision } }` })],
    ['an enum', () => ({ query: `{ studies(orderBy: ${mark}) { revision } }` })],
    [
      'the name of the operation',
      () => ({ query: `query ${mark} { viewer { person { name } } }`, operationName: mark }),
    ],
    ['a name of no operation', () => ({ query: 'query A { __typename }', operationName: mark })],
    ['a syntax error', () => ({ query: `{ "${mark}" ` })],
    ['a variable', () => filtered('Int', 'first: $v', mark)],
    ['an unknown input', () => filtered('StudyFilter', 'filter: $v', { [mark]: 1 })],
    ['an instant', () => filtered('DateTime', 'filter: { createdFrom: $v }', mark)],
    ['a prefix', () => filtered('String', 'filter: { patientReferencePrefix: $v }', mark)],
    [
      'a prefix with NUL',
      () => filtered('String', 'filter: { patientReferencePrefix: $v }', `${mark}\u0000`),
    ],
    ['half a character', () => filtered('String', 'filter: { patientReferencePrefix: $v }', `${mark}\ud800`)],
    ['a cursor', () => filtered('String', 'after: $v', mark)],
    [
      'an encoded cursor',
      () => filtered('String', 'after: $v', Buffer.from(`GPC:S:${mark}`).toString('base64')),
    ],
    [
      'a numbered cursor',
      () => filtered('String', 'before: $v', Buffer.from(`GPC:N:${mark}`).toString('base64')),
    ],
    ['an id', () => ({ query: `{ node(id: "${mark}") { id } }` })],
    [
      'the type of an id',
      () => ({ query: `{ node(id: "${typed()}") { id } study(id: "${typed()}") { id } }` }),
    ],
    ['a reference that is too long', () => submitting({ patientReference: mark + 'x'.repeat(80) })],
    ['a reference with NUL', () => submitting({ patientReference: `${mark}\u0000` })],
    ['a key with NUL', () => submitting({ idempotencyKey: `${mark}\u0000` })],
    ['a date of birth', () => submitting({ patientBirthDate: mark })],
    ['an accession number', () => submitting({ accessionNumber: `${mark}\u202e` })],
    ['a DICOM UID', () => submitting({ studyInstanceUid: mark })],
    ['a study that is not there', () => submitting({})],
    [
      'a digest',
      () => ({
        query: `mutation { createUpload(input: { siteId: "${siteId}", bytes: 1, mediaType: IMAGE_PNG, sha256: "${mark}" }) { __typename } }`,
      }),
    ],
    ['a persisted hash', () => ({ extensions: { persistedQuery: { version: 1, sha256Hash: mark } } })],
    ['an extension', () => ({ query: '{ __typename }', extensions: { [mark]: mark } })],
  ];
  it.each(operations)('leave no mark when they are %s', async (_name, body) => {
    await post(body());
    await expectNoMark();
  });

  const requests: [string, () => Promise<unknown>][] = [
    ['a broken body', () => post(`{"query":"${mark}`)],
    ['a dangerous body', () => post(`{"__proto__":{"${mark}":1}}`)],
    ['a token', () => post({ query: '{ __typename }' }, { authorization: `Bearer ${mark}` })],
    [
      'headers',
      () =>
        post(
          { query: '{ viewer { person { name } } }' },
          {
            'x-forwarded-for': mark,
            'user-agent': mark,
            'x-request-id': mark,
            tracestate: `a=${mark}`,
            traceparent: mark,
            origin: `http://${mark}.test`,
          },
        ),
    ],
    ['a type', () => post('x', { 'content-type': `text/${mark}` })],
    ['what is accepted', () => post({ query: '{ __typename }' }, { accept: `image/${mark}` })],
    ['an address', () => post({}, {}, `/${mark}?${mark}`)],
    ['a GET', () => fetch(`${gateway.url}/graphql?query={${mark}}&variables=${mark}`, { headers })],
    ['the address of an image', () => fetch(`${gateway.url}/images/${mark}`)],
    ['a long address', () => fetch(`${gateway.url}/images/${mark}${'a'.repeat(2_100)}`)],
    ['a broken address', () => fetch(`${gateway.url}/images/${mark}%E0%A4%A`)],
    [
      'the address of an upload',
      () =>
        fetch(`${gateway.url}/uploads/${mark}`, {
          method: 'PUT',
          headers: { 'content-type': 'image/png' },
          body: mark,
        }),
    ],
    [
      'bytes that are no request',
      () =>
        new Promise((resolve) => {
          const socket = connect(Number(new URL(gateway.url).port), 'localhost', () =>
            socket.write(`${mark} / HTTP/1.1\r\n\r\n`),
          );
          socket.on('error', () => undefined);
          socket.on('close', resolve);
          socket.resume();
        }),
    ],
  ];
  it.each(requests)('leave no mark when they are %s', async (_name, send) => {
    await send();
    await expectNoMark();
  });

  it('leave no mark in a submission, its twin, its conflict and its withdrawal', async () => {
    const client = gateway.client('technologist-north');
    const submission = { siteId, bytes: image, patientReference: mark, idempotencyKey: mark };
    const [id] = await Promise.all(Array.from({ length: 4 }, () => client.submitImage(submission)));
    await client.submitImage({ ...submission, patientAgeMonths: 11 }).catch(() => undefined);
    const upload = await client.upload(submission);
    await Promise.allSettled([
      client.submit(upload, { ...submission, idempotencyKey: `${mark}2`, patientReference: `${mark}2` }),
      client.submit(upload, { ...submission, idempotencyKey: `${mark}3`, patientReference: `${mark}3` }),
    ]);
    const withdrawal =
      'mutation ($i: WithdrawStudyInput!) { withdrawStudy(input: $i) { __typename ... on Error { message } } }';
    for (const reason of [`${mark}\u0000`, `${mark}\ud800`, mark.repeat(100), mark, mark]) {
      await post({ query: withdrawal, variables: { i: { studyId: id, reason } } });
    }
    await expectNoMark();
  });

  it('leave no mark in bytes that are not those declared', async () => {
    const bytes = Buffer.from(mark.repeat(10));
    const { createUpload } = await gateway
      .client('technologist-north')
      .get<{ createUpload: { upload: { url: string } } }>(
        'mutation ($i: CreateUploadInput!) { createUpload(input: $i) { ... on CreateUploadPayload { upload { url } } } }',
        {
          i: {
            siteId,
            bytes: bytes.byteLength,
            mediaType: 'IMAGE_PNG',
            sha256: createHash('sha256').update('x').digest('hex'),
          },
        },
      );
    await fetch(createUpload.upload.url, {
      method: 'PUT',
      headers: { 'content-type': 'image/png' },
      body: bytes,
    });
    await expectNoMark();
  });

  it('leave no mark in anything that is sent over a socket', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    const send = (message: object) => socket.send(JSON.stringify(message));
    send({ type: 'connection_init', payload: { authorization: headers.authorization, note: mark } });
    await new Promise((resolve) => socket.once('message', resolve));
    const subscribe = (query: string, more: object = {}) =>
      send({ id: mark + randomUUID(), type: 'subscribe', payload: { query, ...more } });
    subscribe(`subscription { ${mark} }`);
    subscribe(`{ "${mark}`);
    subscribe(`subscription ${mark} { studiesChanged { revision } }`, { operationName: mark });
    subscribe('subscription ($v: Int) { studiesChanged(since: $v) { revision } }', {
      variables: { v: mark },
    });
    subscribe('subscription ($v: String) { studiesChanged(since: $v) { revision } }', {
      variables: { v: `${mark}\u0000` },
    });
    subscribe('subscription ($v: ID!) { studyChanged(id: $v) { id } }', { variables: { v: typed() } });
    await sleep(500);
    socket.send(mark);
    await new Promise((resolve) => socket.once('close', resolve));
    for (const message of [
      { id: mark, type: mark },
      { id: mark, type: 'next', payload: { data: mark } },
    ]) {
      const other = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      await new Promise((resolve) => other.once('open', resolve));
      other.send(JSON.stringify(message));
      await new Promise((resolve) => other.once('close', resolve));
    }
    await expectNoMark();
  });

  it('are looked for where they could be', async () => {
    const { log, metrics, postgres: database } = await traces();
    expect(log).toContain('gateway is started');
    expect(metrics).toContain('lucency_http_duration_seconds');
    expect(database).toMatch(/database system is ready/);
  });
});
