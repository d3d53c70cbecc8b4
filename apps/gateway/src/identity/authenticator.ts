import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Pool } from 'pg';
import { createProviderKeys } from './provider-keys.js';
import { NotSignedIn, SignInUnavailable } from './sign-in-problem.js';
import { identity, type Viewer, viewerOf } from './viewer.js';

export interface AuthenticatorOptions {
  issuer: string;
  audience: string;
  pool: Pool;
}

/** What a token that was verified says. */
export interface VerifiedToken {
  /** The provider's name for the person. */
  subject: string;
  /** In milliseconds since the epoch. */
  expiresAt: number;
}

export interface Authenticator {
  /** Verifies a token without a look at the database. @throws NotSignedIn or SignInUnavailable */
  verify(authorization: string | undefined): Promise<VerifiedToken>;
  /**
   * The person of a token, with the rights of this moment: a role taken away ends with the next request.
   * @throws NotSignedIn for a subject nobody provisioned, or whatever fails when the database is away.
   */
  lookUp(token: VerifiedToken): Promise<Viewer>;
}

const clockToleranceSeconds = 5;

/** Verifies bearer tokens against the provider's published keys and looks up whom they speak for. */
export function createAuthenticator({ issuer, audience, pool }: AuthenticatorOptions): Authenticator {
  const keys = createProviderKeys(issuer);
  return {
    verify: async (authorization) => {
      const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
      if (!token) throw new NotSignedIn('MISSING_TOKEN');
      const { sub, exp } = await verify(token, keys, { issuer, audience });
      if (!sub || !exp) throw new NotSignedIn('INVALID_TOKEN');
      return { subject: sub, expiresAt: exp * 1000 };
    },
    lookUp: ({ subject, expiresAt }) => lookUp(pool, issuer, subject, expiresAt),
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

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
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
    if (error instanceof SignInUnavailable || !(error instanceof errors.JOSEError)) throw error;
    throw new NotSignedIn('INVALID_TOKEN');
  }
}
