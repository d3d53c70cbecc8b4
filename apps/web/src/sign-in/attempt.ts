import { createHash } from 'node:crypto';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { environment } from '../environment';
import { seal, unseal } from './sealed-cookie';
import { cookieName, cookieOptions } from './session';

const attempt = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  returnPath: z.string(),
});
/** A sign-in that has been started and waits for the provider's answer. */
export type Attempt = z.infer<typeof attempt>;

const prefix = 'lucency-sign-in-';
const lifetimeSeconds = 15 * 60;
/** Those before were given up; together they would fill the header that all cookies share. */
const mostAttempts = 3;

/** One cookie an attempt, so that two tabs can sign in at the same time. */
export async function rememberAttempt(value: Attempt): Promise<void> {
  const env = environment();
  const sealed = await seal(value, env.sessionSecret, lifetimeSeconds);
  const jar = await cookies();
  // Browsers send the oldest first (RFC 6265, 5.4).
  const before = jar.getAll().filter(({ name }) => name.startsWith(cookieName(env, prefix)));
  for (const { name } of before.slice(0, Math.max(0, before.length + 1 - mostAttempts))) {
    jar.set(name, '', { ...cookieOptions(env), maxAge: 0 });
  }
  jar.set(nameOf(value.state), sealed, { ...cookieOptions(env), maxAge: lifetimeSeconds });
}

/** The attempt that the provider answered, once: it is forgotten here. */
export async function takeAttempt(state: string | null): Promise<Attempt | null> {
  if (!state) return null;
  const env = environment();
  const jar = await cookies();
  const found = await unseal(jar.get(nameOf(state))?.value, env.sessionSecret, attempt);
  jar.set(nameOf(state), '', { ...cookieOptions(env), maxAge: 0 });
  return found?.state === state ? found : null;
}

function nameOf(state: string): string {
  // The state comes from the address: hashed, it cannot smuggle anything into a cookie's name.
  const short = createHash('sha256').update(state).digest('hex').slice(0, 16);
  return cookieName(environment(), `${prefix}${short}`);
}
