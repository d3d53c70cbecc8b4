import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { SignInConfiguration } from './configuration.js';

export interface SigningKey {
  privateKey: CryptoKey;
  privateJwk: JWK;
}

export async function newSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const privateJwk = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' };
  return { privateKey, privateJwk };
}

/** The token that this person would get by signing in to the portal, for tests and samples. */
export function accessTokenFor(
  subject: string,
  config: SignInConfiguration,
  key: SigningKey,
): Promise<string> {
  return new SignJWT({ scope: 'openid profile api', client_id: config.portal.clientId })
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: key.privateJwk.kid ?? '' })
    .setIssuer(config.issuer)
    .setAudience(config.audience)
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('30m')
    .sign(key.privateKey);
}
