import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, createClient, type LucencyClient } from './client.js';
import { LucencyError } from './errors.js';

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

/** A client of a server that gives these answers, one after another; the last one goes on. */
async function clientOf(
  answers: readonly Answer[],
  options: Partial<ClientOptions> = {},
): Promise<LucencyClient> {
  let asked = 0;
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    answers[Math.min(asked++, answers.length - 1)]?.(request, response, Buffer.concat(chunks).toString());
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return createClient({ endpoint: `${origin()}/graphql`, token: () => 'token', webSocket: null, ...options });
}

function origin(): string {
  const address = server?.address();
  return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
}

const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const refusal = (code: string, extensions = {}, status = 200) =>
  json({ errors: [{ message: 'No.', extensions: { code, ...extensions } }] }, status);
const hangUp: Answer = (request) => request.socket.destroy();
const line = { id: 'S1' };
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const facts = { siteId: 'N', patientReference: 'P-1' };

async function failureOf(work: Promise<unknown>): Promise<LucencyError> {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof LucencyError)) throw new Error(`this is no error of the client: ${String(error)}`);
  return error;
}

describe('a call', () => {
  it('waits as long as the API says, over HTTP and in the unions of mutations', async () => {
    const busy = { __typename: 'BusyError', code: 'BUSY', message: 'Later.', retryAfterSeconds: 1 };
    const client = await clientOf([
      refusal('QUOTA', { retryAfterSeconds: 1 }, 429),
      json({ data: { submitStudy: busy } }),
      json({ data: { submitStudy: { __typename: 'SubmitStudyPayload', created: true, study: line } } }),
    ]);
    const begun = Date.now();
    await expect(client.submitUploads(['U1'], facts)).resolves.toEqual({ created: true, study: line });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(2_000);
  });

  it('does not wait longer than its patience, and says when to come back', async () => {
    const client = await clientOf([refusal('BUSY', { retryAfterSeconds: 30 }, 503)], { patienceSeconds: 5 });
    const begun = Date.now();
    const error = await failureOf(client.viewer());
    expect({ code: error.code, seconds: error.retryAfterSeconds }).toEqual({ code: 'BUSY', seconds: 30 });
    expect(Date.now() - begun).toBeLessThan(2_000);
  });

  it('asks for a new token once when one is refused', async () => {
    const token = vi.fn(async (refused?: string) => (refused ? 'new' : 'old'));
    const seen: unknown[] = [];
    const client = await clientOf(
      [
        (request, ...rest) => {
          seen.push(request.headers.authorization);
          const isNew = request.headers.authorization === 'Bearer new';
          (isNew ? json({ data: { study: null } }) : refusal('UNAUTHENTICATED', {}, 401))(request, ...rest);
        },
      ],
      { token },
    );
    await expect(client.study('S1')).resolves.toBeNull();
    expect(seen).toEqual(['Bearer old', 'Bearer new']);
    expect(token.mock.calls).toEqual([[], ['old']]);
  });

  it('gives up when the new token is refused, too', async () => {
    let tokens = 0;
    const client = await clientOf([refusal('UNAUTHENTICATED', {}, 401)], {
      token: () => `token ${tokens++}`,
    });
    expect((await failureOf(client.study('S1'))).code).toBe('UNAUTHENTICATED');
    expect(tokens).toBe(2);
  });

  it('repeats a query that got no answer, but not a withdrawal', async () => {
    const client = await clientOf([hangUp, json({ data: { study: null } }), hangUp]);
    await expect(client.study('S1')).resolves.toBeNull();
    expect((await failureOf(client.withdraw('S1', 'a mistake'))).code).toBe('UNREACHABLE');
  });

  it('names what is no answer of Lucency', async () => {
    const client = await clientOf([(_request, response) => response.writeHead(404).end('<html>')]);
    const { code, status } = await failureOf(client.viewer());
    expect({ code, status }).toEqual({ code: 'UNEXPECTED_ANSWER', status: 404 });
  });

  it('ends with the reason of its signal, while it waits as well', async () => {
    const client = await clientOf([refusal('BUSY', { retryAfterSeconds: 20 }, 503)]);
    const reason = new Error('the page was left');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 300);
    await expect(client.viewer({ signal: controller.signal })).rejects.toBe(reason);
  });

  it('carries what a refusal names: the field, the study in the way', async () => {
    const conflict = { __typename: 'ConflictError', code: 'CONFLICT', message: 'Used.', study: { id: 'S0' } };
    const input = {
      __typename: 'InputError',
      code: 'INVALID_INPUT',
      message: 'Too old.',
      field: 'patientAgeMonths',
    };
    const client = await clientOf([
      json({ data: { submitStudy: conflict } }),
      json({ data: { submitStudy: input } }),
    ]);
    expect(await failureOf(client.submitUploads(['U1'], facts))).toMatchObject({
      code: 'CONFLICT',
      studyId: 'S0',
    });
    expect(await failureOf(client.submitUploads(['U1'], facts))).toMatchObject({ field: 'patientAgeMonths' });
  });
});

describe('an upload', () => {
  const created: Answer = (request, response, body) =>
    json({
      data: {
        createUpload: {
          __typename: 'CreateUploadPayload',
          otherPatientReferences: [],
          upload: { id: 'U1', url: `${origin()}/uploads/U1`, expiresAt: '2031-01-01T00:00:00Z' },
        },
      },
    })(request, response, body);

  it('is sent again when the connection breaks, and is done when its bytes are there already', async () => {
    const client = await clientOf([
      created,
      hangUp,
      json({ code: 'ALREADY_STORED', message: 'Stored.' }, 409),
    ]);
    await expect(client.upload(jpeg, facts)).resolves.toEqual({ id: 'U1', otherPatientReferences: [] });
  });

  it('waits for Retry-After, and ends with the code of a refusal that stays', async () => {
    const busy: Answer = (_request, response) =>
      response
        .writeHead(503, { 'retry-after': '1' })
        .end(JSON.stringify({ code: 'BUSY', message: 'Later.' }));
    const mismatch = json({ code: 'CONTENT_MISMATCH', message: 'Other bytes.' }, 422);
    const client = await clientOf([created, busy, mismatch]);
    expect((await failureOf(client.upload(jpeg, facts))).code).toBe('CONTENT_MISMATCH');
  });

  it('tells DICOM by the magic number behind its preamble', async () => {
    const asked: string[] = [];
    const client = await clientOf([
      (request, response, body) => {
        asked.push(body);
        created(request, response, body);
      },
      (request, response) => {
        asked.push(request.headers['content-type'] ?? '');
        response.writeHead(204).end();
      },
    ]);
    const file = new Uint8Array(200);
    file.set(new TextEncoder().encode('DICM'), 128);
    await client.upload(file, facts);
    expect(asked).toEqual([expect.stringContaining('"APPLICATION_DICOM"'), 'application/dicom']);
  });

  it('is refused before anything is sent when the bytes are no picture', async () => {
    const client = await clientOf([hangUp]);
    const text = new TextEncoder().encode('a letter');
    expect((await failureOf(client.upload(text, facts))).code).toBe('UNKNOWN_PICTURE');
  });
});

describe('following', () => {
  const study = (readingState: string, explanationState: string) =>
    json({ data: { study: { id: 'S1', readingState, explanationState, withdrawal: null } } });

  it('asks over HTTP where there are no sockets, and gives each state once', async () => {
    const client = await clientOf([
      study('QUEUED', 'NONE'),
      study('QUEUED', 'NONE'),
      study('CLASSIFIED', 'PENDING'),
      study('CLASSIFIED', 'READY'),
    ]);
    const states: string[] = [];
    for await (const { readingState, explanationState } of client.follow('S1')) {
      states.push(`${readingState} ${explanationState}`);
    }
    expect(states).toEqual(['QUEUED NONE', 'CLASSIFIED PENDING', 'CLASSIFIED READY']);
  });

  it('ends at once for whoever stops listening, and with the reason of a signal', async () => {
    const client = await clientOf([study('QUEUED', 'NONE')]);
    const states = client.follow('S1');
    await states.next();
    const waiting = states.next();
    await states.return();
    expect((await waiting).done).toBe(true);
    const reason = new Error('enough');
    const others = client.follow('S1', { signal: AbortSignal.abort(reason) });
    await expect(others.next()).rejects.toBe(reason);
  });

  it('throws NOT_FOUND for what is not there', async () => {
    const client = await clientOf([json({ data: { study: null } })]);
    expect((await failureOf(client.follow('S1').next())).code).toBe('NOT_FOUND');
  });
});
