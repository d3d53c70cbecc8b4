import { compactVerify, createRemoteJWKSet } from 'jose';
import * as oidc from 'openid-client';
import { environment, isLoopback } from '../environment';
import type { Session } from './packed-session';

const providerTimeoutSeconds = 10;
// Someone who signs out waits for this much, then is signed out here alone.
const farewellTimeoutMs = 3_000;
/** Longer addresses are refused by servers on the way. */
const maxHintLength = 4_000;

let discovered: Promise<oidc.Configuration> | undefined;

/** The provider's endpoints and keys; asked once, and again after a failure. */
export async function provider(): Promise<oidc.Configuration> {
  discovered ??= discover().catch((error: unknown) => {
    discovered = undefined;
    throw error;
  });
  return await discovered;
}

async function discover(): Promise<oidc.Configuration> {
  const { issuer, clientId } = environment().oidc;
  return await oidc.discovery(issuer, clientId, undefined, oidc.None(), {
    timeout: providerTimeoutSeconds,
    // Development runs its provider on this machine without TLS; nowhere else is that allowed.
    execute: isLoopback(issuer) ? [oidc.allowInsecureRequests] : [],
  });
}

export function callbackAddress(): string {
  return `${environment().publicUrl}/auth/callback`;
}

export interface Challenge {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export async function authorizationAddress(challenge: Challenge): Promise<URL> {
  const { oidc: settings } = environment();
  return oidc.buildAuthorizationUrl(await provider(), {
    redirect_uri: callbackAddress(),
    scope: settings.scope,
    // Providers disagree on the name of this: RFC 8707 says resource, others audience.
    ...audienceParameters(settings.audience),
    code_challenge: await oidc.calculatePKCECodeChallenge(challenge.codeVerifier),
    code_challenge_method: 'S256',
    state: challenge.state,
    nonce: challenge.nonce,
  });
}

export function newChallenge(): Challenge {
  return {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    codeVerifier: oidc.randomPKCECodeVerifier(),
  };
}

export async function redeemCode(callback: URL, challenge: Challenge): Promise<Session> {
  const tokens = await oidc.authorizationCodeGrant(
    await provider(),
    callback,
    {
      pkceCodeVerifier: challenge.codeVerifier,
      expectedState: challenge.state,
      expectedNonce: challenge.nonce,
      idTokenExpected: true,
    },
    audienceParameters(environment().oidc.audience),
  );
  return toSession(tokens, null);
}

/** Throws as the provider answers; see `endsSession`. */
export async function refreshed(session: Session, refreshToken: string): Promise<Session> {
  const parameters = audienceParameters(environment().oidc.audience);
  return toSession(await oidc.refreshTokenGrant(await provider(), refreshToken, parameters), session);
}

/**
 * Where to go to end the provider's own session; null when it offers no such place. Revokes the tokens on the way.
 * @throws what fails when the provider does not answer in time: nobody is to be sent there then.
 */
export async function endAtProvider(session: Session, afterwards: string): Promise<URL | null> {
  return await inTime(farewell(session, afterwards), farewellTimeoutMs);
}

async function farewell(session: Session, afterwards: string): Promise<URL | null> {
  const configuration = await provider();
  const { end_session_endpoint, revocation_endpoint } = configuration.serverMetadata();
  const idToken = await ownIdToken(configuration, session);
  if (revocation_endpoint && session.refreshToken) {
    // The tokens are dropped anyway; a provider that cannot revoke must not keep anyone signed in here.
    await oidc.tokenRevocation(configuration, session.refreshToken).catch(() => undefined);
  }
  if (!end_session_endpoint) return null;
  return oidc.buildEndSessionUrl(configuration, {
    post_logout_redirect_uri: afterwards,
    ...(idToken ? { id_token_hint: idToken } : {}),
  });
}

/**
 * The id token, if the provider's keys of today made it: with one of other keys, as after a rotation, signing out
 * ends in an error page, without one the provider asks the person.
 */
async function ownIdToken(configuration: oidc.Configuration, session: Session): Promise<string | undefined> {
  const address = configuration.serverMetadata().jwks_uri;
  if (!address) return undefined;
  const keys = createRemoteJWKSet(new URL(address), { timeoutDuration: farewellTimeoutMs });
  // Also tells whether the provider is there at all.
  await keys.reload();
  const { idToken } = session;
  if (!idToken || idToken.length > maxHintLength) return undefined;
  return await compactVerify(idToken, keys).then(
    () => idToken,
    () => undefined,
  );
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the sign-in provider did not answer in time')), ms);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function toSession(
  tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers,
  before: Session | null,
): Session {
  return {
    accessToken: tokens.access_token,
    expiresAt: Math.floor(Date.now() / 1000) + (tokens.expiresIn() ?? 300),
    refreshToken: tokens.refresh_token ?? before?.refreshToken,
    idToken: tokens.id_token ?? before?.idToken,
  };
}

function audienceParameters(audience: string): Record<string, string> {
  return URL.canParse(audience) ? { resource: audience } : { audience };
}
