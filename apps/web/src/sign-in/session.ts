import { cookies } from 'next/headers';
import { type Environment, environment } from '../environment';
import { maxAccessTokenLength, type Session, SessionTooLarge, sealSession, session } from './packed-session';
import { fromPieces, leftoverPieces, pieceName, toPieces, unseal } from './sealed-cookie';

// How long a browser may stay away and still be signed in; the provider's refresh token may end sooner.
const lifetimeSeconds = 14 * 24 * 3600;

export async function readSession(): Promise<Session | null> {
  const env = environment();
  const jar = await cookies();
  const sealed = fromPieces(cookieName(env), (name) => jar.get(name)?.value);
  return await unseal(sealed, env.sessionSecret, session);
}

/**
 * Only in route handlers: a page cannot set cookies.
 * @throws SessionTooLarge
 */
export async function writeSession(value: Session): Promise<void> {
  const length = value.accessToken?.length ?? 0;
  if (length > maxAccessTokenLength) {
    throw new SessionTooLarge(`an access token of ${length} characters would not reach the gateway`);
  }
  const env = environment();
  const jar = await cookies();
  const name = cookieName(env);
  const pieces = toPieces(await sealSession(value, env.sessionSecret, lifetimeSeconds));
  for (const [index, piece] of pieces.entries()) {
    jar.set(pieceName(name, index), piece, { ...cookieOptions(env), maxAge: lifetimeSeconds });
  }
  removeLeftovers(jar, name, pieces.length, env);
}

export async function clearSession(): Promise<void> {
  const env = environment();
  removeLeftovers(await cookies(), cookieName(env), 0, env);
}

function removeLeftovers(
  jar: Awaited<ReturnType<typeof cookies>>,
  name: string,
  from: number,
  env: Environment,
): void {
  for (const piece of leftoverPieces(name, from)) {
    if (jar.has(piece)) jar.set(piece, '', { ...cookieOptions(env), maxAge: 0 });
  }
}

/** `__Host-` makes browsers refuse the cookie from a sibling host; it needs https. */
export function cookieName(env: Environment, name = 'lucency-session'): string {
  return isEncrypted(env) ? `__Host-${name}` : name;
}

export function cookieOptions(env: Environment) {
  return { httpOnly: true, sameSite: 'lax', secure: isEncrypted(env), path: '/' } as const;
}

function isEncrypted(env: Environment): boolean {
  return env.publicUrl.startsWith('https:');
}
