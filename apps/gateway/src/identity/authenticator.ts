import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { Pool } from 'pg';
import { z } from 'zod';
import { identity, type Viewer, viewerOf } from './viewer.js';

export interface AuthenticatorOptions {
  issuer: string;
  audience: string;
  pool: Pool;
}

/** Why a request speaks for nobody. */
export type SignInProblem = 'MISSING_TOKEN' | 'INVALID_TOKEN' | 'UNKNOWN_PERSON';

export class NotSignedIn extends Error {
  readonly problem: SignInProblem;

  constructor(problem: SignInProblem) {
    super(problem);
    this.problem = problem;
  }
}

export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

const clockToleranceSeconds = 5;
const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * Verifies bearer tokens against the provider's published keys and looks up whom they speak for. Rights are
 * read anew for each request: a role taken away ends with the next one.
 * @throws NotSignedIn, or whatever fails when the provider or the database is away.
 */
export function createAuthenticator({ issuer, audience, pool }: AuthenticatorOptions): Authenticate {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | null = null;
  const providerKeys = () => {
    keys ??= findKeys(issuer).catch((error: unknown) => {
      keys = null;
      throw error;
    });
    return keys;
  };

  return async (authorization) => {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new NotSignedIn('MISSING_TOKEN');
    const { sub, exp } = await verify(token, await providerKeys(), { issuer, audience });
    if (!sub || !exp) throw new NotSignedIn('INVALID_TOKEN');
    return lookUp(pool, issuer, sub, exp * 1000);
  };
}

/**
 * The person a subject of the provider is here, with the rights of this moment.
 * @throws NotSignedIn for a subject nobody provisioned.
 */
export async function lookUp(
  pool: Pool,
  issuer: string,
  subject: string,
  expiresAt: number,
): Promise<Viewer> {
  const found = await pool.query('SELECT identify_person($1, $2) AS identity', [issuer, subject]);
  const person = found.rows[0]?.identity;
  if (!person) throw new NotSignedIn('UNKNOWN_PERSON');
  return viewerOf(identity.parse(person), { subject, expiresAt });
}

async function findKeys(issuer: string) {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new Error(`the sign-in provider answered ${answer.status} at ${address}`);
  return createRemoteJWKSet(new URL(discovery.parse(await answer.json()).jwks_uri));
}

async function verify(
  token: string,
  keys: ReturnType<typeof createRemoteJWKSet>,
  expected: { issuer: string; audience: string },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...expected,
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      clockTolerance: clockToleranceSeconds,
    });
    return payload;
  } catch (error) {
    // A provider that is away is not the client's fault and must not sign anyone out.
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
    throw new NotSignedIn('INVALID_TOKEN');
  }
}
