import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ApiErrorCode, apiCodes, expectedFailureCodes } from '@lucency/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type RefusingGateway,
  startRefusingGateway,
  studies,
} from '../../testing/refusing-gateway.js';

const slow = { silenceMs: 400, minBytesPerSecond: 1_000, graceMs: 10_000 };

describe('mistakes of clients', () => {
  let refusing: RefusingGateway;

  beforeAll(async () => {
    refusing = await startRefusingGateway(slow);
  });
  afterAll(() => refusing.gateway.close());

  const ask: RefusingGateway['ask'] = (...request) => refusing.ask(...request);
  const graphql: RefusingGateway['graphql'] = (...request) => refusing.graphql(...request);
  const raw: RefusingGateway['raw'] = (...request) => refusing.raw(...request);
  const at = (place: string) => `${refusing.gateway.url}${place}`;

  const png = Buffer.alloc(3_000, 7);
  async function newUpload(bytes = png): Promise<string> {
    const { createUpload } = await refusing.gateway
      .client('technologist-north')
      .get<{ createUpload: { upload: { url: string } } }>(
        'mutation ($i: CreateUploadInput!) { createUpload(input: $i) { ... on CreateUploadPayload { upload { url } } } }',
        {
          i: {
            siteId: refusing.siteId,
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
  const mistakes: [ApiErrorCode, string, () => Promise<Answer>][] = [
    ['BAD_USER_INPUT', 'a syntax error', () => graphql({ query: '{' })],
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
        ask(at('/graphql'), {
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
    ['ADDRESS_INVALID', 'an upload', () => put(at('/uploads/x'), png)],
    ['ADDRESS_INVALID', 'an image', () => ask(at('/images/x'), {})],
    ['NOT_FOUND', 'an address', () => ask(at('/nothing'), {})],
    [
      'METHOD_NOT_ALLOWED',
      'DELETE /graphql',
      () =>
        ask(at('/graphql'), {
          method: 'DELETE',
          headers: { authorization: refusing.headers.authorization ?? '' },
        }),
    ],
    ['METHOD_NOT_ALLOWED', 'GET of an upload', () => ask(at('/uploads/x'), {})],
    ['METHOD_NOT_ALLOWED', 'POST of an image', () => ask(at('/images/x'), { method: 'POST' })],
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
    ['URL_TOO_LONG', 'an address of 2,100 characters', () => ask(at(`/images/${'a'.repeat(2_100)}`), {})],
    ['BAD_REQUEST', 'an address that cannot be decoded', () => ask(at('/images/%E0%A4%A'), {})],
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
  it.each(mistakes)('are %s for %s', async (code, _name, attempt) => {
    refusing.expectRefusal(await attempt(), code);
    refusing.expectNothingLogged();
  });

  it('ask for a bearer token where none or a wrong one was sent', async () => {
    for (const authorization of ['', 'Bearer x']) {
      const answer = await graphql(studies('first: 1'), { authorization });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('name the methods that an address has', async () => {
    const { headers: given } = await ask(at('/graphql'), { method: 'DELETE' });
    expect(given.get('allow')).toBe('GET, POST');
  });

  it('are ALREADY_STORED for an upload that was sent before', async () => {
    const url = await newUpload();
    expect((await put(url, png)).status).toBe(204);
    refusing.expectRefusal(await put(url, png), 'ALREADY_STORED');
    refusing.expectNothingLogged();
  });

  it('are QUOTA with when to try again, for those who ask for too much in a short time', async () => {
    // Costs points and no time.
    const costly = { query: '{ __type(name: "Study") { name } }' };
    const token = await refusing.gateway.signIn.tokenFor('radiologist-both');
    const asOne = { authorization: `Bearer ${token}` };
    let answer: Answer | undefined;
    for (let round = 0; round < 5 && !answer; round += 1) {
      const answers = await Promise.all(Array.from({ length: 60 }, () => graphql(costly, asOne)));
      answer = answers.find(({ status }) => status === 429);
    }
    if (!answer) throw new Error('nothing was refused');
    refusing.expectRefusal(answer, 'QUOTA');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    refusing.expectNothingLogged();
  });

  it('are NOT_ACCEPTABLE before a mutation has done anything', async () => {
    const body = { query: 'mutation { retryStudy(input: { studyId: "x" }) { __typename } }' };
    refusing.expectRefusal(await graphql(body, { accept: 'text/event-stream' }), 'NOT_ACCEPTABLE');
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
    const untried = Object.keys(apiCodes).filter((code) => !refusing.tried.has(code));
    expect(untried.sort()).toEqual(elsewhere.sort());
  });
});
