import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createPool } from '../database/pool.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { type Authenticator, createAuthenticator } from './authenticator.js';
import { NotSignedIn, SignInUnavailable } from './sign-in-problem.js';

interface Key {
  jwk: JWK;
  sign(): Promise<string>;
}

async function newKey(kid: string, issuer: string): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  return {
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
    sign: () =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'RS256', kid })
        .setIssuer(issuer)
        .setAudience('api')
        .setSubject('somebody')
        .setExpirationTime('5m')
        .sign(privateKey),
  };
}

describe('the keys of the provider', () => {
  let provider: Server;
  let issuer: string;
  let published: JWK[] = [];
  let status = 200;
  let calls = 0;
  let authenticator: Authenticator;
  // verify() asks no database.
  const pool = createPool({
    url: 'postgres://nobody@localhost:1/none',
    max: 1,
    onIdleError: () => undefined,
  });

  beforeEach(async () => {
    [published, status, calls] = [[], 200, 0];
    provider = createServer((request, response) => {
      const isKeys = request.url === '/jwks';
      if (isKeys) calls += 1;
      response.writeHead(status, { 'content-type': 'application/json' });
      const text = isKeys ? { keys: published } : { issuer, jwks_uri: `${issuer}/jwks` };
      response.end(status === 200 ? JSON.stringify(text) : 'slow down');
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const address = provider.address();
    issuer = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    authenticator = createAuthenticator({ issuer, audience: 'api', pool });
  });
  afterEach(() => new Promise((resolve) => provider.close(resolve)));
  afterAll(() => pool.end());

  const verify = async (key: Key) => authenticator.verify(`Bearer ${await key.sign()}`);
  const good = expect.objectContaining({ subject: 'somebody' });

  it.each([429, 500, 503, 404])('that are answered with %s make no token invalid', async (given) => {
    const key = await newKey('a', issuer);
    published = [key.jwk];
    status = given;
    await expect(verify(key)).rejects.toBeInstanceOf(SignInUnavailable);
    status = 200;
    await expect.poll(() => verify(key).catch(() => null), { timeout: 4_000 }).toEqual(good);
  });

  it('serve on while the provider is away, for tokens that name one of them', async () => {
    const [old, next] = await Promise.all([newKey('old', issuer), newKey('next', issuer)]);
    published = [old.jwk];
    expect(await verify(old)).toEqual(good);
    status = 503;
    await expect(verify(next)).rejects.toBeInstanceOf(SignInUnavailable);
    expect(await verify(old)).toEqual(good);
  });

  it('are fetched anew for a token that names another, even right after they were fetched', async () => {
    const [old, next] = await Promise.all([newKey('old', issuer), newKey('next', issuer)]);
    published = [old.jwk];
    expect(await verify(old)).toEqual(good);
    published = [next.jwk];
    expect(await verify(next)).toEqual(good);
    await expect(verify(old)).rejects.toBeInstanceOf(NotSignedIn);
  });

  it('are not asked for by each of many tokens with made-up keys, which are invalid', async () => {
    const [key, madeUp] = await Promise.all([newKey('a', issuer), newKey('b', issuer)]);
    published = [key.jwk];
    expect(await verify(key)).toEqual(good);
    const refused = await Promise.allSettled(Array.from({ length: 50 }, () => verify(madeUp)));
    for (const result of refused) {
      expect(result.status === 'rejected' && result.reason).toBeInstanceOf(NotSignedIn);
    }
    expect(calls).toBe(2);
  });
});

describe('a gateway whose provider is away', () => {
  let gateway: TestGateway;
  let token: string;

  beforeAll(async () => {
    gateway = await startTestGateway();
    token = await gateway.signIn.tokenFor('technologist-north');
    await gateway.signIn.stop();
  });
  afterAll(() => gateway.close());

  it('says so with 503 and when to try again, and logs no error', async () => {
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{"query":"{ viewer { person { name } } }"}',
    });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'SIGN_IN_UNAVAILABLE' } }] });
    expect(gateway.log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('closes sockets so that their clients come back', async () => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    const [code, reason] = await new Promise<[number, string]>((resolve) =>
      socket.once('close', (given, text) => resolve([given, String(text)])),
    );
    expect([code, reason]).toEqual([1013, expect.stringMatching(/^Sign-in cannot be reached/)]);
  });
});
