import { connect } from 'node:net';
import { type ApiErrorCode, apiCodes } from '@lucency/contracts';
import { expect } from 'vitest';
import type { ArrivalLimits } from '../http/limits/arrival.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';

export interface Answer {
  status: number;
  headers: Headers;
  code: string | undefined;
  message: string | undefined;
}

/** A gateway, and requests to it that are mistakes. */
export interface RefusingGateway {
  gateway: TestGateway;
  /** Of the technologist of the north, who makes them. */
  headers: Record<string, string>;
  siteId: string;
  ask(address: string, init: RequestInit): Promise<Answer>;
  graphql(body: unknown, more?: Record<string, string>): Promise<Answer>;
  /** What the server says to bytes that no client of HTTP would send. */
  raw(text: string, patienceMs?: number): Promise<Answer>;
  /** Codes that were expected and came. */
  tried: Set<string>;
  expectRefusal(answer: Answer, expected: ApiErrorCode): void;
  expectNothingLogged(): void;
}

export async function startRefusingGateway(arrival?: ArrivalLimits): Promise<RefusingGateway> {
  const gateway = await startTestGateway({ INTROSPECTION: 'on' }, { ...(arrival && { arrival }) });
  const siteId = (await gateway.client('technologist-north').sites()).get('Harbour North') ?? '';
  const token = await gateway.signIn.tokenFor('technologist-north');
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const tried = new Set<string>();
  const ask = async (address: string, init: RequestInit): Promise<Answer> => {
    const answer = await fetch(address, init);
    const text = await answer.text();
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    const error = body.errors?.[0];
    const code: string | undefined = body.code ?? error?.extensions.code;
    return { status: answer.status, headers: answer.headers, code, message: body.message ?? error?.message };
  };
  return {
    gateway,
    headers,
    siteId,
    ask,
    graphql: (body, more = {}) =>
      ask(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { ...headers, ...more },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    raw: (text, patienceMs = 5_000) => sendRaw(Number(new URL(gateway.url).port), text, patienceMs),
    tried,
    expectRefusal: ({ status, code, message }, expected) => {
      expect({ status, code }).toEqual({ status: apiCodes[expected].status, code: expected });
      expect(message).toBeTruthy();
      expect(message).not.toMatch(/Fastify|FST_|prisma|postgres|at \/|Did you mean/i);
      tried.add(expected);
    },
    expectNothingLogged: () => expect(gateway.log.filter(({ level }) => level === 'error')).toEqual([]),
  };
}

function sendRaw(port: number, text: string, patienceMs: number): Promise<Answer> {
  return new Promise<Answer>((resolve, reject) => {
    const socket = connect(port, 'localhost');
    let received = '';
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.on('data', (data) => {
      received += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const [head = '', body = ''] = received.split('\r\n\r\n');
      if (!body.startsWith('{')) return reject(new Error(`no answer with a code: ${received.slice(0, 200)}`));
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
}

export const studies = (args: string) => ({ query: `{ studies(${args}) { revision } }` });

export const withVariable = (type: string, value: unknown, use = 'first: $v') => ({
  query: `query ($v: ${type}) { studies(${use}) { revision } }`,
  variables: { v: value },
});
