import type { IncomingMessage, ServerResponse } from 'node:http';
import { type SignInServer, startSignIn } from '@lucency/dev-stack';
import { afterAll, describe, expect, it } from 'vitest';
import { startPeer, startWebPeer, type TestArchive } from '../testing/archives.js';
import { startFhirServer } from '../testing/fhir-server.js';
import { sampleResult, sampleReview } from '../testing/sample-result.js';
import { Delivery, type Destination } from './index.js';

const open: { close(): Promise<void> | void }[] = [];
const limits = { connectSeconds: 1, exchangeSeconds: 2, maxAnswerBytes: 100_000 };
const delivery = new Delivery({ secrets: async () => undefined, limits });
afterAll(async () => {
  delivery.close();
  for (const each of open) await each.close();
});

async function using<Archive extends { close(): Promise<void> }>(
  starting: Promise<Archive>,
): Promise<Archive> {
  const archive = await starting;
  open.push(archive);
  return archive;
}

const kinds = ['DICOMWEB', 'FHIR'] as const;

function at(kind: (typeof kinds)[number], port: number): Destination {
  return { kind, url: `http://127.0.0.1:${port}/fhir`, auth: { kind: 'none' } };
}

function answering(status: number, body: string | object = ''): Promise<TestArchive> {
  return startWebPeer((request, response) => {
    request.resume();
    response.writeHead(status, { location: 'http://127.0.0.1:9/', 'content-type': 'application/dicom+json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

function endless(_: IncomingMessage, response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
  };
  response.on('drain', more);
  more();
}

const peers: [string, () => Promise<TestArchive>, string][] = [
  ['nobody listens', async () => ({ port: 9, close: async () => undefined }), 'UNREACHABLE'],
  ['it says nothing', () => startPeer(() => undefined), 'TIMED_OUT'],
  ['it hangs up', () => startPeer((socket) => socket.once('data', () => socket.destroy())), 'FAILED'],
  [
    'it speaks something else',
    () => startPeer((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n')),
    'NOT_UNDERSTOOD',
  ],
  ['it never stops talking', () => startWebPeer(endless), 'NOT_UNDERSTOOD'],
  ['it answers with a page', () => answering(200, '<html>Welcome</html>'), 'NOT_UNDERSTOOD'],
  ['it answers with nothing', () => answering(200), 'NOT_UNDERSTOOD'],
  ['it leads elsewhere', () => answering(302), 'NOT_UNDERSTOOD'],
  ['it asks for credentials', () => answering(401), 'NOT_AUTHORIZED'],
  ['it does not know the address', () => answering(404), 'NOT_UNDERSTOOD'],
  ['it is busy', () => answering(503), 'BUSY'],
  ['it fails', () => answering(500), 'FAILED'],
];

describe.each(kinds)('by %s', (kind) => {
  it.each(peers)('tries again, within the deadline, where %s', async (_, start, reason) => {
    const { port } = await using(start());
    const { result } = await sampleResult({ heatmap: null });
    const began = Date.now();
    expect(await delivery.deliver(result, at(kind, port))).toEqual({ kind: 'again', reason });
    expect(await delivery.echo(at(kind, port))).toEqual({ kind: 'again', reason });
    expect(Date.now() - began).toBeLessThan(5_500);
  });
});

const failed = (reason: number) => ({
  '00081198': { vr: 'SQ', Value: [{ '00081197': { vr: 'US', Value: [reason] } }] },
});
const stowAnswers: [string, number, object, object][] = [
  ['the instance is there already', 409, failed(0x0111), { kind: 'delivered' }],
  ['it has no room', 409, failed(0xa700), { kind: 'again', reason: 'BUSY' }],
  ['it failed over the instance', 409, failed(0x0110), { kind: 'again', reason: 'FAILED' }],
  ['it does not take the class', 409, failed(0x0122), { kind: 'hopeless', reason: 'CLASS_NOT_SUPPORTED' }],
  ['it refuses one', 202, failed(0xa900), { kind: 'hopeless', reason: 'OBJECT_REFUSED' }],
  ['it refuses without a word', 409, {}, { kind: 'hopeless', reason: 'OBJECT_REFUSED' }],
  [
    'it stored less than it was given',
    200,
    { '00081199': { vr: 'SQ', Value: [] } },
    { kind: 'again', reason: 'NOT_UNDERSTOOD' },
  ],
];

it.each(stowAnswers)(
  'takes the answer of a STOW-RS service as what it means: %s',
  async (_, status, body, outcome) => {
    const { port } = await using(answering(status, body));
    const { result } = await sampleResult();
    expect(await delivery.deliver(result, at('DICOMWEB', port))).toEqual(outcome);
  },
);

describe('to a FHIR server', () => {
  it('brings one report with its observations, however often it comes', async () => {
    const server = await using(startFhirServer());
    const { result } = await sampleResult();
    for (let time = 0; time < 2; time += 1)
      expect(await delivery.deliver(result, at('FHIR', server.port))).toEqual({ kind: 'delivered' });
    expect([...server.resources.values()].map(({ resourceType }) => resourceType).sort()).toEqual([
      'DiagnosticReport',
      'Observation',
      'Observation',
      'Observation',
    ]);
    expect(await delivery.echo(at('FHIR', server.port))).toEqual({ kind: 'delivered' });
  });

  it('lets no answer that comes late take the place of what was signed since', async () => {
    const server = await using(startFhirServer());
    const { result } = await sampleResult();
    const report = () =>
      [...server.resources.values()].find(({ resourceType }) => resourceType === 'DiagnosticReport');
    await delivery.deliver({ ...result, review: sampleReview }, at('FHIR', server.port));
    expect(await delivery.deliver(result, at('FHIR', server.port))).toEqual({ kind: 'delivered' });
    expect(report()).toMatchObject({
      status: 'final',
      conclusion: expect.stringContaining('No abnormality'),
    });
    const addendum = { ...sampleReview, number: 2, signedAt: new Date('2026-03-02T08:00:00Z') };
    await delivery.deliver({ ...result, review: addendum }, at('FHIR', server.port));
    expect(report()).toMatchObject({ status: 'amended' });
  });

  const refusals: [number, object][] = [
    [422, { kind: 'hopeless', reason: 'OBJECT_REFUSED' }],
    [412, { kind: 'hopeless', reason: 'OBJECT_REFUSED' }],
    [409, { kind: 'again', reason: 'FAILED' }],
  ];
  it.each(refusals)('takes the answer %i to a transaction as what it means', async (status, outcome) => {
    const { port } = await using(
      startWebPeer((request, response) => {
        request.resume();
        const empty = JSON.stringify({ resourceType: 'Bundle', type: 'searchset' });
        response.writeHead(request.method === 'GET' ? 200 : status).end(empty);
      }),
    );
    const { result } = await sampleResult();
    expect(await delivery.deliver(result, at('FHIR', port))).toEqual(outcome);
  });
});

describe('with OAuth', () => {
  it('brings a token of the sign-in provider, and a new one once that is refused', async () => {
    const signIn: SignInServer = await startSignIn();
    open.push({ close: () => signIn.stop() });
    const tokens: string[] = [];
    const server = await using(
      startWebPeer((request, response) => {
        tokens.push(request.headers.authorization ?? '');
        request.resume();
        const body = JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
        response.writeHead(tokens.length === 2 ? 401 : 200).end(body);
      }),
    );
    const { clientId, secret } = signIn.apiClient;
    const authorized = new Delivery({ secrets: async (name) => (name === 'server' ? secret : undefined) });
    open.push(authorized);
    const oauth = {
      kind: 'oauth',
      clientId,
      secretName: 'server',
      scope: 'api',
      audience: signIn.audience,
    } as const;
    const destination = (issuer: string): Destination => ({
      kind: 'FHIR',
      url: `http://127.0.0.1:${server.port}`,
      auth: { ...oauth, issuer },
    });
    const outcomes = [];
    for (let time = 0; time < 3; time += 1) outcomes.push(await authorized.echo(destination(signIn.issuer)));
    expect(outcomes).toEqual([
      { kind: 'delivered' },
      { kind: 'again', reason: 'NOT_AUTHORIZED' },
      { kind: 'delivered' },
    ]);
    expect(tokens[0]).toMatch(/^Bearer ./);
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
    expect(await authorized.echo(destination('http://127.0.0.1:9'))).toEqual({
      kind: 'again',
      reason: 'SIGN_IN_UNAVAILABLE',
    });
  });
});
