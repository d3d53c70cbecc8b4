import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { type ApiErrorCode, apiCodes, expectedFailureCodes } from '@lucency/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeId } from '../../schema/global-id.js';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

interface Answer {
  status: number;
  headers: Headers;
  code: string | undefined;
  message: string | undefined;
}

const slow = { silenceMs: 400, minBytesPerSecond: 1_000, graceMs: 10_000 };

describe('mistakes of clients', () => {
  let gateway: TestGateway;
  let headers: Record<string, string>;
  let siteId: string;
  const tried = new Set<string>();

  beforeAll(async () => {
    gateway = await startTestGateway({ INTROSPECTION: 'on' }, { arrival: slow });
    siteId = (await gateway.client('technologist-north').sites()).get('Harbour North') ?? '';
    const token = await gateway.signIn.tokenFor('technologist-north');
    headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  });
  afterAll(() => gateway.close());

  async function ask(address: string, init: RequestInit): Promise<Answer> {
    const answer = await fetch(address, init);
    const text = await answer.text();
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    const error = body.errors?.[0];
    const code: string | undefined = body.code ?? error?.extensions.code;
    return { status: answer.status, headers: answer.headers, code, message: body.message ?? error?.message };
  }
  const graphql = (body: unknown, more: Record<string, string> = {}) =>
    ask(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, ...more },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  function expectRefusal({ status, code, message }: Answer, wanted: ApiErrorCode): void {
    expect({ status, code }).toEqual({ status: apiCodes[wanted].status, code: wanted });
    expect(message).toBeTruthy();
    expect(message).not.toMatch(/Fastify|FST_|prisma|postgres|at \/|Did you mean/i);
    tried.add(wanted);
  }
  const nothingLogged = () => expect(gateway.log.filter(({ level }) => level === 'error')).toEqual([]);

  const studies = (args: string) => ({ query: `{ studies(${args}) { revision } }` });
  const withVariable = (type: string, value: unknown, use = 'first: $v') => ({
    query: `query ($v: ${type}) { studies(${use}) { revision } }`,
    variables: { v: value },
  });
  const idOf = (type: string) => encodeId(type, randomUUID());
  const nodeOf = (id: string) => ({
    query: 'query ($i: ID!) { study(id: $i) { id } }',
    variables: { i: id },
  });
  const submitting = (input: object) => ({
    query: 'mutation ($i: SubmitStudyInput!) { submitStudy(input: $i) { __typename ... on Error { code } } }',
    variables: {
      i: { siteId, patientReference: 'x', uploadIds: [idOf('Upload')], idempotencyKey: 'k', ...input },
    },
  });
  const badInput: [string, unknown][] = [
    ['a syntax error', { query: '{' }],
    ['an unknown field', { query: '{ nothing }' }],
    ['an unknown operation', { query: 'query A { __typename }', operationName: 'B' }],
    ['no operation', { query: 'fragment F on Query { __typename }' }],
    ['several operations and no name', { query: 'query A { __typename } query B { __typename }' }],
    ['a number as the name of the operation', { query: '{ __typename }', operationName: 5 }],
    ['a list of variables', { query: '{ __typename }', variables: [1] }],
    ['text as variables', { query: '{ __typename }', variables: '{}' }],
    ['text as extensions', { query: '{ __typename }', extensions: 'x' }],
    ['a number as the query', { query: 5 }],
    ['no query', {}],
    ['a batch', [{ query: '{ __typename }' }]],
    ['an empty batch', []],
    ['a subscription', { query: 'subscription { studiesChanged { revision } }' }],
    ['a variable of another type', withVariable('Int', 'x')],
    ['a missing variable', { query: 'query ($i: ID!) { node(id: $i) { id } }' }],
    ['a page of -1', studies('first: -1')],
    ['a last page of -1', studies('last: -1')],
    ['both directions', studies('first: 1, before: "R1BDOlM6eA=="')],
    ['a cursor that is none', withVariable('String', 'x', 'after: $v')],
    [
      'a cursor of something else',
      withVariable('String', Buffer.from('GPC:S:x').toString('base64'), 'after: $v'),
    ],
    ['a number as cursor', withVariable('String', Buffer.from('GPC:N:5').toString('base64'), 'before: $v')],
    [
      'a NUL character in the filter',
      withVariable('String', 'a\u0000', 'filter: { patientReferencePrefix: $v }'),
    ],
    ...[
      '0000-01-01T00:00:00Z',
      '2026-02-31T00:00:00Z',
      '2026-01-01T',
      '9999-12-31T23:59:59-10:00',
      'soon',
    ].map((text): [string, unknown] => [
      `the instant ${text}`,
      withVariable('DateTime', text, 'filter: { createdFrom: $v }'),
    ]),
    ...['0000-01-01', '2021-02-29', '2021-13-01', 'x'].map((text): [string, unknown] => [
      `the day ${text}`,
      submitting({ patientBirthDate: text }),
    ]),
    ['an id that is none', nodeOf('zzz')],
    ['an empty id', nodeOf('')],
    ...['Site', 'Image', 'Nothing', '__proto__', 'constructor', 'Query'].map((type): [string, unknown] => [
      `an id of the type ${type}`,
      nodeOf(idOf(type)),
    ]),
    ...['Upload', 'Nothing', '__proto__', 'constructor', 'toString'].map((type): [string, unknown] => [
      `a node of the type ${type}`,
      { query: 'query ($i: ID!) { node(id: $i) { id } }', variables: { i: idOf(type) } },
    ]),
    ['a site of another type', submitting({ siteId: idOf('Study') })],
    [
      'a wrong persisted hash',
      { query: '{ __typename }', extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } },
    ],
    [
      'a persisted operation of another version',
      { query: '{ __typename }', extensions: { persistedQuery: { version: 2 } } },
    ],
  ];
  it.each(badInput)('are 400 BAD_USER_INPUT with a sentence for %s', async (_name, body) => {
    expectRefusal(await graphql(body), 'BAD_USER_INPUT');
    nothingLogged();
  });

  it.each([
    ['broken JSON', '{"query":'],
    ['no object', '"x"'],
    ['nothing', ''],
    ['a dangerous key', '{"query":"{__typename}","__proto__":{"a":1}}'],
  ])('are 400 for a body of %s', async (_name, body) => {
    const { status, code, message } = await graphql(body);
    expect([status, code !== undefined, message !== undefined]).toEqual([400, true, true]);
    expect(code).toMatch(/^BAD_(REQUEST|USER_INPUT)$/);
    if (code === 'BAD_REQUEST') tried.add(code);
    nothingLogged();
  });

  const png = Buffer.alloc(3_000, 7);
  async function newUpload(bytes = png): Promise<string> {
    const { createUpload } = await gateway
      .client('technologist-north')
      .get<{ createUpload: { upload: { url: string } } }>(
        'mutation ($i: CreateUploadInput!) { createUpload(input: $i) { ... on CreateUploadPayload { upload { url } } } }',
        {
          i: {
            siteId,
            bytes: bytes.byteLength,
            mediaType: 'IMAGE_PNG',
            sha256: createHash('sha256').update(bytes).digest('hex'),
          },
        },
      );
    return createUpload.upload.url;
  }
  const put = (url: string, body: Uint8Array | ReadableStream, type = 'image/png') =>
    ask(url, {
      method: 'PUT',
      headers: { 'content-type': type },
      body: body instanceof Uint8Array ? new Uint8Array(body) : body,
    });
  /** What the server says to bytes that no client of HTTP would send. */
  const raw = (text: string, patienceMs = 5_000) =>
    new Promise<Answer>((resolve, reject) => {
      const socket = connect(Number(new URL(gateway.url).port), 'localhost');
      let received = '';
      socket.setTimeout(patienceMs, () => socket.destroy());
      socket.on('data', (data) => {
        received += data;
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        const [head = '', body = ''] = received.split('\r\n\r\n');
        if (!body.startsWith('{'))
          return reject(new Error(`no answer with a code: ${received.slice(0, 200)}`));
        const { code, message } = JSON.parse(body);
        const lines = head.split('\r\n').slice(1);
        const pairs = lines.map((line): [string, string] => [
          line.split(': ')[0] ?? '',
          line.split(': ')[1] ?? '',
        ]);
        resolve({ status: Number(head.split(' ')[1]), headers: new Headers(pairs), code, message });
      });
      socket.write(text);
    });

  const others: [ApiErrorCode, string, () => Promise<Answer>][] = [
    [
      'TOO_COSTLY',
      'many aliases',
      () =>
        graphql({
          query: `{ ${Array.from({ length: 50 }, (_, index) => `a${index}: model { id }`).join(' ')} }`,
        }),
    ],
    [
      'PERSISTED_QUERY_NOT_FOUND',
      'an unknown hash',
      () => graphql({ extensions: { persistedQuery: { version: 1, sha256Hash: 'ab' } } }),
    ],
    [
      'UNAUTHENTICATED',
      'no token',
      () =>
        ask(`${gateway.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(studies('first: 1')),
        }),
    ],
    [
      'UNAUTHENTICATED',
      'a token that is none',
      () => graphql(studies('first: 1'), { authorization: 'Bearer x' }),
    ],
    ['UNAUTHENTICATED', 'another scheme', () => graphql(studies('first: 1'), { authorization: 'Basic x' })],
    ['ADDRESS_INVALID', 'an upload', () => put(`${gateway.url}/uploads/x`, png)],
    ['ADDRESS_INVALID', 'an image', () => ask(`${gateway.url}/images/x`, {})],
    ['NOT_FOUND', 'an address', () => ask(`${gateway.url}/nothing`, {})],
    [
      'METHOD_NOT_ALLOWED',
      'DELETE /graphql',
      () =>
        ask(`${gateway.url}/graphql`, {
          method: 'DELETE',
          headers: { authorization: headers.authorization ?? '' },
        }),
    ],
    ['METHOD_NOT_ALLOWED', 'GET of an upload', () => ask(`${gateway.url}/uploads/x`, {})],
    ['METHOD_NOT_ALLOWED', 'POST of an image', () => ask(`${gateway.url}/images/x`, { method: 'POST' })],
    [
      'NOT_ACCEPTABLE',
      'an image as answer',
      () => graphql({ query: '{ __typename }' }, { accept: 'image/png' }),
    ],
    [
      'TOO_LARGE',
      'a body of 300 KB',
      () => graphql({ query: '{ __typename }', variables: { a: 'x'.repeat(300_000) } }),
    ],
    [
      'URL_TOO_LONG',
      'an address of 2,100 characters',
      () => ask(`${gateway.url}/images/${'a'.repeat(2_100)}`, {}),
    ],
    ['BAD_REQUEST', 'an address that cannot be decoded', () => ask(`${gateway.url}/images/%E0%A4%A`, {})],
    ['UNSUPPORTED_MEDIA_TYPE', 'text', () => graphql('x', { 'content-type': 'text/plain' })],
    [
      'UNSUPPORTED_MEDIA_TYPE',
      'a form',
      () => graphql('query=x', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    ['WRONG_TYPE', 'a PNG as JPEG', async () => put(await newUpload(), png, 'image/jpeg')],
    ['WRONG_LENGTH', 'fewer bytes', async () => put(await newUpload(), png.subarray(1))],
    ['CONTENT_MISMATCH', 'other bytes', async () => put(await newUpload(), Buffer.alloc(3_000, 8))],
    [
      'HEADERS_TOO_LARGE',
      'headers of 20 KB',
      () => raw(`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`),
    ],
    ['BAD_REQUEST', 'no HTTP', () => raw('nonsense\r\n\r\n')],
    ['BAD_REQUEST', 'no Host', () => raw('GET /nothing HTTP/1.1\r\nConnection: close\r\n\r\n')],
    [
      'EXPECTATION_FAILED',
      'an expectation',
      () => raw('GET /graphql HTTP/1.1\r\nHost: x\r\nExpect: cake\r\nConnection: close\r\n\r\n'),
    ],
    [
      'TOO_SLOW',
      'an upload that falls silent',
      async () => {
        const { pathname } = new URL(await newUpload());
        return raw(
          `PUT ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\nContent-Length: 3000\r\n\r\nabc`,
        );
      },
    ],
    [
      'TOO_SLOW',
      'an operation that falls silent',
      () =>
        raw(
          `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 3000\r\n\r\n{`,
        ),
    ],
  ];
  it.each(others)('are %s for %s', async (wanted, _name, attempt) => {
    expectRefusal(await attempt(), wanted);
    nothingLogged();
  });

  it('say how a type is written, and quote nothing', async () => {
    const { message } = await graphql(withVariable('DateTime', 'SECRET', 'filter: { createdFrom: $v }'));
    expect(message).toMatch(/Write an instant with its offset, as 2026-03-31T12:00:00Z\.$/);
    expect(message).not.toContain('SECRET');
  });

  it('ask for a bearer token where none or a wrong one was sent', async () => {
    for (const authorization of ['', 'Bearer x']) {
      const answer = await graphql(studies('first: 1'), { authorization });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('name the methods that an address has', async () => {
    const { headers: given } = await ask(`${gateway.url}/graphql`, { method: 'DELETE' });
    expect(given.get('allow')).toBe('GET, POST');
  });

  it('are ALREADY_STORED for an upload that was sent before', async () => {
    const url = await newUpload();
    expect((await put(url, png)).status).toBe(204);
    expectRefusal(await put(url, png), 'ALREADY_STORED');
    nothingLogged();
  });

  it('are QUOTA with when to try again, for those who ask for too much in a short time', async () => {
    // Costs points and no time.
    const costly = { query: '{ __type(name: "Study") { name } }' };
    const token = await gateway.signIn.tokenFor('radiologist-both');
    const asOne = { authorization: `Bearer ${token}` };
    let answer: Answer | undefined;
    for (let round = 0; round < 5 && !answer; round += 1) {
      const answers = await Promise.all(Array.from({ length: 60 }, () => graphql(costly, asOne)));
      answer = answers.find(({ status }) => status === 429);
    }
    if (!answer) throw new Error('nothing was refused');
    expectRefusal(answer, 'QUOTA');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    nothingLogged();
  });

  it('are NOT_ACCEPTABLE before a mutation has done anything', async () => {
    const body = { query: 'mutation { retryStudy(input: { studyId: "x" }) { __typename } }' };
    expectRefusal(await graphql(body, { accept: 'text/event-stream' }), 'NOT_ACCEPTABLE');
  });

  it('are in the table for clients, as are all codes, each once and with its status', async () => {
    const page = await readFile(path.join(import.meta.dirname, '../../../../../docs/api/errors.md'), 'utf8');
    const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    const declared = Object.entries(apiCodes).map(([code, { status }]) => [code, status]);
    const failures = expectedFailureCodes.map((code) => [code, 200]);
    const expected = [...declared, ...failures.filter(([code]) => !(String(code) in apiCodes))];
    expect(rows.sort()).toEqual(expected.sort());
  });

  it('are tried here for every code but those of other tests', () => {
    // busy.test.ts, provider-away.test.ts, masked-faults.test.ts, and headers that take a minute.
    const elsewhere = ['BUSY', 'SIGN_IN_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'REQUEST_TIMEOUT'];
    const untried = Object.keys(apiCodes).filter((code) => !tried.has(code));
    expect(untried.sort()).toEqual(elsewhere.sort());
  });
});
