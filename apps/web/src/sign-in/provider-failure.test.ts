import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionTooLarge } from './packed-session';
import { endsSession, noticeOf, retryAfterOf } from './provider-failure';

interface Answer {
  status: number;
  body?: string;
  type?: string;
  headers?: Record<string, string>;
}

/** A provider whose token endpoint answers as it is told. */
describe('how a provider fails', () => {
  let server: Server;
  let issuer: string;
  let next: Answer;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      const { status, body = '', type = 'application/json', headers } = next;
      response.writeHead(status, { 'content-type': type, ...headers }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  async function failure(answer: Answer, at = issuer): Promise<unknown> {
    next = answer;
    const metadata = { issuer: at, token_endpoint: `${at}/token` };
    const configuration = new oidc.Configuration(metadata, 'portal', undefined, oidc.None());
    oidc.allowInsecureRequests(configuration);
    return await oidc.refreshTokenGrant(configuration, 'r').then(
      () => null,
      (error: unknown) => error,
    );
  }
  const says = (error: string) => JSON.stringify({ error });

  it('ends the session by invalid_grant alone', async () => {
    expect(endsSession(await failure({ status: 400, body: says('invalid_grant') }))).toBe(true);
    for (const answer of [
      { status: 429, body: says('too_many_requests') },
      { status: 429, body: 'slow down', type: 'text/plain' },
      { status: 400, body: says('temporarily_unavailable') },
      { status: 400, body: says('invalid_request') },
      { status: 401, body: says('invalid_client') },
      { status: 403, body: '<html>Forbidden</html>', type: 'text/html' },
      { status: 404, body: '' },
      { status: 502, body: '<html>Bad gateway</html>', type: 'text/html' },
      { status: 503, body: says('invalid_grant') },
      { status: 200, body: '<html>Maintenance</html>', type: 'text/html' },
      { status: 200, body: '{}' },
    ]) {
      const error = await failure(answer);
      expect(error, JSON.stringify(answer)).not.toBeNull();
      expect(endsSession(error), JSON.stringify(answer)).toBe(false);
    }
  });

  it('says when it wants to be asked again', async () => {
    const headers = { 'retry-after': '7' };
    expect(retryAfterOf(await failure({ status: 429, body: says('x'), headers }))).toBe(7);
    expect(retryAfterOf(await failure({ status: 503, headers }))).toBe(7);
    expect(retryAfterOf(await failure({ status: 503 }))).toBeNull();
  });

  it('is said to the person as what it is', async () => {
    expect(noticeOf(await failure({ status: 429, body: says('x') }))).toBe('unavailable');
    expect(noticeOf(await failure({ status: 503 }))).toBe('unavailable');
    expect(noticeOf(await failure({ status: 400, body: says('temporarily_unavailable') }))).toBe(
      'unavailable',
    );
    expect(noticeOf(await failure({ status: 200 }, 'http://127.0.0.1:1'))).toBe('unavailable');
    expect(noticeOf(await failure({ status: 400, body: says('invalid_grant') }))).toBe('expired');
    expect(noticeOf(await failure({ status: 401, body: says('invalid_client') }))).toBe('failed');
    expect(noticeOf(new SessionTooLarge(''))).toBe('too-large');
    expect(noticeOf(new TypeError('a bug'))).toBe('failed');
  });
});
