import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { drawPhantom } from '@lucency/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway.js';

interface Message {
  id?: string;
  type: string;
  payload?: { message: string; locations?: object; extensions: object }[];
}

let gateway: TestGateway;
let token: string;

beforeAll(async () => {
  gateway = await startTestGateway({ ADMISSION_MAX_WAIT_SECONDS: '3600' });
  token = await gateway.signIn.tokenFor('radiologist-both');
});
afterAll(() => gateway.close());

/** A socket of the protocol, without a client that would keep to its rules. */
class RawSocket {
  readonly socket: WebSocket;
  readonly received: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    this.socket.on('message', (data) => this.received.push(JSON.parse(String(data))));
    this.closed = new Promise((resolve) => {
      this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query = 'subscription { studiesChanged { revision } }', more: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, ...more } });
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

async function connected(
  payload: object | undefined,
  headers: Record<string, string> = {},
): Promise<RawSocket> {
  const raw = new RawSocket(gateway.url, headers);
  await new Promise((resolve) => raw.socket.once('open', resolve));
  raw.send({ type: 'connection_init', ...(payload && { payload }) });
  await Promise.race([raw.closed, expect.poll(() => raw.received[0]?.type).toBe('connection_ack')]);
  return raw;
}
const signedIn = () => connected({ authorization: `Bearer ${token}` });

describe('the token of a socket', () => {
  it.each([
    ['authorization', () => ({ authorization: `Bearer ${token}` })],
    ['Authorization', () => ({ Authorization: `Bearer ${token}` })],
    ['AUTHORIZATION', () => ({ AUTHORIZATION: `bearer ${token}` })],
    ['authorization without a scheme', () => ({ authorization: token })],
    ['headers.Authorization', () => ({ headers: { Authorization: `Bearer ${token}` } })],
    ['headers.authorization', () => ({ headers: { authorization: `BEARER ${token}` } })],
    ['authToken', () => ({ authToken: token })],
    ['accessToken', () => ({ accessToken: token })],
    ['access_token', () => ({ access_token: token })],
    ['token', () => ({ token: `Bearer ${token}` })],
  ])('is found under %s', async (_name, payload) => {
    const raw = await connected(payload());
    expect(raw.received).toEqual([{ type: 'connection_ack' }]);
    await raw.close();
  });

  it('is taken from the handshake of a program that sends it there', async () => {
    const raw = await connected(undefined, { authorization: `Bearer ${token}` });
    expect(raw.received).toEqual([{ type: 'connection_ack' }]);
    await raw.close();
  });

  it.each([
    ['nothing', undefined, /^Sign in/],
    ['an object', { authorization: { a: 1 } }, /^Sign in/],
    ['a token that is none', { Authorization: 'Bearer x' }, /^The access token is invalid/],
  ])('is missed with 4403 and a sentence for %s', async (_name, payload, reason) => {
    const { code, reason: told } = await (await connected(payload)).closed;
    expect([code, told]).toEqual([4403, expect.stringMatching(reason)]);
  });
});

describe('an id', () => {
  it('that is in use is refused with 4409, also before its completed subscription has ended', async () => {
    const twice = await signedIn();
    twice.subscribe('x');
    twice.subscribe('x');
    expect((await twice.closed).code).toBe(4409);

    const early = await signedIn();
    early.subscribe('x');
    early.send({ id: 'x', type: 'complete' });
    early.subscribe('x');
    expect((await early.closed).code).toBe(4409);
  });

  it('may be used again once its subscription has ended', async () => {
    const raw = await signedIn();
    raw.subscribe('x');
    await sleep(300);
    raw.send({ id: 'x', type: 'complete' });
    await sleep(100);
    raw.subscribe('x', 'subscription { studiesChanged(since: "-1") { resync } }');
    await expect.poll(() => raw.received.at(-1)).toMatchObject({ id: 'x', type: 'next' });
    await raw.close();
  });

  it('of any length ends in a code of the protocol and nothing in the log', async () => {
    const raw = await signedIn();
    raw.subscribe('i'.repeat(20_000));
    expect((await raw.closed).code).toBe(4400);
    const sent = await signedIn();
    sent.send({ id: '1', type: 'next', payload: {} });
    expect((await sent.closed).code).toBe(4400);
    expect(gateway.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a subscription', () => {
  const bad: [string, object][] = [
    ['subscription { nope }', {}],
    ['subscription {', {}],
    ['subscription { studiesChanged { revisio } }', {}],
    ['subscription A { studiesChanged { revision } }', { operationName: 'B' }],
    ['fragment F on Query { __typename }', {}],
    ['subscription { studiesChanged { revision } a: studiesChanged { revision } }', {}],
    [`{ ${Array.from({ length: 50 }, (_, index) => `a${index}: model { id }`).join(' ')} }`, {}],
  ];
  it.each(bad)('is refused as over HTTP: %s', async (query, more) => {
    const over = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, ...more }),
    });
    const { errors } = (await over.json()) as { errors: object[] };
    const raw = await signedIn();
    raw.subscribe('1', query, more);
    await expect.poll(() => raw.received[1]?.type).toBe('error');
    expect(raw.received[1]?.payload).toEqual(errors);
    await raw.close();
    expect(gateway.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it.each([
    ['of another type', { s: 5 }],
    ['that are missing', {}],
  ])('is refused as a query over HTTP is, for variables %s', async (_name, variables) => {
    const { errors } = await gateway
      .client('radiologist-both')
      .ask('query ($s: String!) { studies(after: $s) { revision } }', variables);
    const raw = await signedIn();
    raw.subscribe('1', 'subscription ($s: String!) { studiesChanged(since: $s) { revision } }', {
      variables,
    });
    await expect.poll(() => raw.received[1]?.type).toBe('error');
    expect(raw.received[1]?.payload).toEqual(errors);
    await raw.close();
  });

  it('beyond twenty on a socket is QUOTA, with when to try again', async () => {
    const raw = await signedIn();
    for (let index = 0; index < 21; index += 1) raw.subscribe(`s${index}`);
    await expect.poll(() => raw.received.at(-1)?.type).toBe('error');
    expect(raw.received.at(-1)).toMatchObject({
      id: 's20',
      payload: [{ extensions: { code: 'QUOTA', retryAfterSeconds: expect.any(Number) } }],
    });
    await raw.close();
  });

  it('that was completed counts no more, however many came and went at once', async () => {
    const raw = await signedIn();
    for (let index = 0; index < 200; index += 1) {
      raw.subscribe(`s${index}`);
      raw.send({ id: `s${index}`, type: 'complete' });
    }
    raw.subscribe('last', 'subscription { studiesChanged(since: "-1") { resync } }');
    await expect
      .poll(() => raw.received.at(-1), { timeout: 5_000 })
      .toMatchObject({ id: 'last', type: 'next' });
    await raw.close();
  });

  it('ends with its token even where the client never answers the close', async () => {
    const { exp = 0 } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const now = Date.now;
    Date.now = () => exp * 1000 - 700;
    const raw = await signedIn();
    Date.now = now;
    raw.subscribe('x');
    await sleep(300);
    // Reads nothing more, as a connection that hangs.
    raw.socket.pause();
    await sleep(900);
    await expect.poll(openFeeds).toBe(0);
    raw.socket.terminate();
  });
});

describe('many sockets of one person', () => {
  const query = `subscription { studiesChanged { revision studies { id readingState images { id reading { probability } } } } }`;

  it('leave nothing behind, however their ids are reused', async () => {
    const churn = async (rounds: number) => {
      for (let round = 0; round < rounds; round += 1) {
        const raw = await signedIn();
        for (let index = 0; index < 15; index += 1) {
          raw.subscribe(`a${index % 4}-${index}`, query);
          raw.send({ id: `a${index % 4}-${index}`, type: 'complete' });
        }
        raw.subscribe('x', query);
        raw.send({ id: 'x', type: 'complete' });
        raw.subscribe('x', query);
        raw.socket.close();
        await raw.closed;
      }
      await expect.poll(openFeeds).toBe(0);
    };
    await churn(5);
    const before = usedHeap();
    await churn(25);
    expect((usedHeap() - before) / 2 ** 20).toBeLessThan(8);
  });

  it('leave the queries of another organization their connections', async () => {
    const sockets = await Promise.all(Array.from({ length: 20 }, signedIn));
    for (const raw of sockets) for (let index = 0; index < 10; index += 1) raw.subscribe(`s${index}`, query);
    await sleep(1_500);
    const technologist = gateway.client('technologist-north');
    const siteId = (await technologist.sites()).get('Harbour North') ?? '';
    const bytes = await drawPhantom({ seed: 8, width: 300, height: 260 });
    await technologist.submitImage({ siteId, bytes, patientReference: randomUUID() });
    const other = gateway.client('technologist-valley');
    const codes = new Set<string>();
    for (let tries = 0; tries < 30; tries += 1) {
      const { errors } = await other.ask('{ viewer { person { name } } }');
      codes.add(errors?.[0]?.extensions.code ?? 'DATA');
    }
    expect(codes).toEqual(new Set(['DATA']));
    await Promise.all(sockets.map((raw) => raw.close()));
    await expect.poll(openFeeds).toBe(0);
  });
});

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function usedHeap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** Subscriptions that the gateway passes changes on to, by its own metrics. */
async function openFeeds(): Promise<number> {
  const metrics = await (await fetch(`http://localhost:${gateway.healthPort}/metrics`)).text();
  return Number(/^lucency_subscriptions_open(?:\{.*\})? (\d+)/m.exec(metrics)?.[1]);
}
