import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface UnsteadyProvider {
  issuer: string;
  behave(how: Behaviour): void;
  /** How often a session was asked to be renewed. */
  refreshes(): number;
  stop(): Promise<void>;
}

export interface Behaviour {
  /** What the token endpoint answers to a refresh. */
  refresh?: { status: number; error?: string; retryAfter?: number };
  /** Characters of roles in both tokens. */
  roles?: number;
  /** Ends the connection without a word, whatever is asked. */
  isAway?: boolean;
}

const tokenSeconds = 65;

/** An OpenID Connect provider that signs everyone in at once, and misbehaves when it is told to. */
export async function startUnsteadyProvider(): Promise<UnsteadyProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const asked = new Map<string, { nonce: string; clientId: string }>();
  let behaviour: Behaviour = {};
  let refreshes = 0;

  const server = createServer(async (request, response) => {
    if (behaviour.isAway) return request.socket.destroy();
    const url = new URL(request.url ?? '/', issuer);
    const send = (status: number, body: object, headers: Record<string, string> = {}) => {
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return send(200, metadata());
      case '/jwks':
        return send(200, { keys: [key] });
      case '/authorize': {
        const code = randomUUID();
        const nonce = url.searchParams.get('nonce') ?? '';
        asked.set(code, { nonce, clientId: url.searchParams.get('client_id') ?? '' });
        const back = new URL(url.searchParams.get('redirect_uri') ?? issuer);
        back.searchParams.set('code', code);
        back.searchParams.set('state', url.searchParams.get('state') ?? '');
        response.writeHead(303, { location: back.href }).end();
        return;
      }
      case '/end': {
        const back = url.searchParams.get('post_logout_redirect_uri') ?? issuer;
        response.writeHead(303, { location: back }).end();
        return;
      }
      case '/token': {
        const form = new URLSearchParams(await text(request));
        if (form.get('grant_type') === 'refresh_token') {
          refreshes += 1;
          const { status, error, retryAfter } = behaviour.refresh ?? { status: 200 };
          const headers = retryAfter ? { 'retry-after': String(retryAfter) } : undefined;
          if (status !== 200) return send(status, error ? { error } : {}, headers);
        }
        return send(200, await tokens(asked.get(form.get('code') ?? '')));
      }
      default:
        return send(404, {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    end_session_endpoint: `${issuer}/end`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
  });

  const sign = (claims: Record<string, unknown>, audience: string) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('someone')
      .setIssuedAt()
      .setExpirationTime(`${tokenSeconds}s`)
      .sign(privateKey);

  async function tokens(attempt: { nonce: string; clientId: string } | undefined) {
    const roles = Array.from({ length: Math.ceil((behaviour.roles ?? 0) / 40) }, (_, index) =>
      createHash('sha256').update(`role ${index}`).digest('hex').slice(0, 37),
    );
    return {
      token_type: 'Bearer',
      expires_in: tokenSeconds,
      access_token: await sign({ roles, jti: randomUUID() }, 'lucency-api'),
      id_token: await sign({ roles, nonce: attempt?.nonce }, attempt?.clientId ?? 'lucency-portal'),
      refresh_token: randomUUID(),
      scope: 'openid',
    };
  }

  return {
    issuer,
    behave: (how) => {
      behaviour = how;
    },
    refreshes: () => refreshes,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
