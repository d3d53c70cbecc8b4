import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SignInServer, startSignIn } from './start-sign-in.js';

let signIn: SignInServer;
let accept: (token: string) => Promise<{ payload: { sub?: string } }>;
const portal = 'http://localhost:3000';

beforeAll(async () => {
  signIn = await startSignIn({ portalOrigins: [portal] });
  const keys = createRemoteJWKSet(new URL(`${signIn.issuer}/jwks`));
  accept = (token) => jwtVerify(token, keys, { issuer: signIn.issuer, audience: signIn.audience });
});
afterAll(() => signIn?.stop());

/** A browser's cookies and redirects, as far as signing in needs them. */
function browser() {
  const cookies = new Map<string, string>();
  return async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(url, signIn.issuer), {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return response;
  };
}

async function exchange(parameters: Record<string, string>) {
  const response = await fetch(`${signIn.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: signIn.portalClientId, ...parameters }),
  });
  expect(response.status).toBe(200);
  const tokens: { access_token: string; id_token: string; refresh_token: string } = Object(
    await response.json(),
  );
  return tokens;
}

describe('signing in', () => {
  it('leads from the list of demo people to tokens for the API, without a password or a consent page', async () => {
    const open = browser();
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: signIn.portalClientId,
      redirect_uri: `${portal}/auth/callback`,
      response_type: 'code',
      scope: 'openid profile offline_access api',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'abc',
    });
    const toPage = await open(`/auth?${query}`);
    const page = toPage.headers.get('location') ?? '';
    const html = await (await open(page)).text();
    expect(html).toContain('Radiologist, both sites');
    expect(html).toContain('Demo sign-in');

    const body = new URLSearchParams({ subject: 'radiologist-both' });
    const back = await open(page, { method: 'POST', body });
    const arrived = await open(back.headers.get('location') ?? '');
    const callback = new URL(arrived.headers.get('location') ?? '');
    expect(callback.origin + callback.pathname).toBe(`${portal}/auth/callback`);

    const tokens = await exchange({
      grant_type: 'authorization_code',
      code: callback.searchParams.get('code') ?? '',
      redirect_uri: `${portal}/auth/callback`,
      code_verifier: verifier,
    });
    expect((await accept(tokens.access_token)).payload.sub).toBe('radiologist-both');
    expect(decodeJwt(tokens.id_token).name).toBe('Radiologist, both sites');

    const renewed = await exchange({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
    expect((await accept(renewed.access_token)).payload.sub).toBe('radiologist-both');
  });

  it('does not come back to an address that is not the portal', async () => {
    const query = new URLSearchParams({
      client_id: signIn.portalClientId,
      redirect_uri: 'http://localhost:3999/auth/callback',
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    const response = await browser()(`/auth?${query}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });
});

describe('tokens without a browser', () => {
  it('are as good as those of signing in', async () => {
    expect((await accept(await signIn.tokenFor('technologist-valley'))).payload.sub).toBe(
      'technologist-valley',
    );
  });

  it('are given to API clients for their credentials', async () => {
    expect((await accept(await signIn.clientToken())).payload.sub).toBe('lucency-demo-client');
  });

  it('are for demo people only, and for whoever started the provider', async () => {
    await expect(signIn.tokenFor('somebody')).rejects.toThrow(/knows nobody/);
    const stranger = await fetch(`${signIn.issuer}/demo-token`, { method: 'POST', body: 'radiologist-both' });
    expect(stranger.status).toBe(401);
  });
});
