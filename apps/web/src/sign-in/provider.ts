import * as oidc from 'openid-client';
import { environment, isLoopback } from '../environment';
import type { Session } from './session';

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
    timeout: 10,
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

/** Throws ResponseBodyError when the provider refuses the refresh token. */
export async function refreshed(session: Session, refreshToken: string): Promise<Session> {
  const parameters = audienceParameters(environment().oidc.audience);
  return toSession(await oidc.refreshTokenGrant(await provider(), refreshToken, parameters), session);
}

/** Where to go to end the provider's own session, when it offers that; revokes the tokens on the way. */
export async function endAtProvider(session: Session, afterwards: string): Promise<URL | null> {
  const configuration = await provider();
  const { end_session_endpoint, revocation_endpoint } = configuration.serverMetadata();
  if (revocation_endpoint && session.refreshToken) {
    // The tokens are dropped anyway; a provider that cannot revoke must not keep anyone signed in here.
    await oidc.tokenRevocation(configuration, session.refreshToken).catch(() => undefined);
  }
  if (!end_session_endpoint) return null;
  return oidc.buildEndSessionUrl(configuration, {
    post_logout_redirect_uri: afterwards,
    ...(session.idToken ? { id_token_hint: session.idToken } : {}),
  });
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
