import { LucencyError } from '@lucency/client';
import * as oidc from 'openid-client';

export interface ClientTokensOptions {
  issuer: URL;
  /** Of the API, as the provider calls it; left out where the provider needs none. */
  audience?: string | undefined;
  scope: string;
  /** By the id of each client. */
  secrets: ReadonlyMap<string, string>;
}

interface Held {
  token: string;
  /** Milliseconds since 1970. */
  renewAt: number;
}

const providerTimeoutSeconds = 10;
/** Of a token without a lifetime. */
const usualLifetimeSeconds = 60;
const renewBeforeSeconds = 30;

/** Access tokens of API clients, by client credentials; each is kept until it is about to expire. */
export class ClientTokens {
  readonly #options: ClientTokensOptions;
  readonly #held = new Map<string, Held>();
  readonly #asked = new Map<string, Promise<string>>();

  constructor(options: ClientTokensOptions) {
    this.#options = options;
  }

  /**
   * @param refused a token that the API does not take any more
   * @throws LucencyError SIGN_IN_UNAVAILABLE, or UNAUTHENTICATED where the provider knows no such client
   */
  of(clientId: string, refused?: string): Promise<string> {
    const held = this.#held.get(clientId);
    if (held && held.token !== refused && Date.now() < held.renewAt) return Promise.resolve(held.token);
    const asked = this.#asked.get(clientId) ?? this.#ask(clientId);
    this.#asked.set(clientId, asked);
    return asked;
  }

  async #ask(clientId: string): Promise<string> {
    try {
      const granted = await this.#grant(clientId);
      const seconds = granted.expires_in ?? usualLifetimeSeconds;
      const renewAt = Date.now() + Math.max(1, seconds - renewBeforeSeconds) * 1000;
      this.#held.set(clientId, { token: granted.access_token, renewAt });
      return granted.access_token;
    } catch (cause) {
      const isRefused = cause instanceof oidc.ResponseBodyError && cause.status < 500;
      const code = isRefused ? 'UNAUTHENTICATED' : 'SIGN_IN_UNAVAILABLE';
      throw new LucencyError(code, 'The sign-in provider gave no token.', { cause });
    } finally {
      this.#asked.delete(clientId);
    }
  }

  async #grant(clientId: string) {
    const { issuer, audience, scope, secrets } = this.#options;
    const secret = secrets.get(clientId) ?? '';
    const provider = await oidc.discovery(issuer, clientId, undefined, oidc.ClientSecretBasic(secret), {
      timeout: providerTimeoutSeconds,
      execute: isPrivate(issuer) ? [oidc.allowInsecureRequests] : [],
    });
    // Providers disagree on the name of this: RFC 8707 says resource, others audience.
    const forApi: Record<string, string> = !audience
      ? {}
      : URL.canParse(audience)
        ? { resource: audience }
        : { audience };
    return oidc.clientCredentialsGrant(provider, { ...forApi, ...(scope && { scope }) });
  }
}

/** Development runs its provider on this machine without TLS, and clusters reach theirs by names of their own. */
function isPrivate({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'http:' &&
    (['localhost', '127.0.0.1', '[::1]'].includes(hostname) || hostname.endsWith('.svc.cluster.local'))
  );
}
