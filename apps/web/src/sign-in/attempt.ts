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

const lifetimeSeconds = 15 * 60;

/** One cookie an attempt, so that two tabs can sign in at the same time. */
export async function rememberAttempt(value: Attempt): Promise<void> {
  const env = environment();
  const sealed = await seal(value, env.sessionSecret, lifetimeSeconds);
  (await cookies()).set(nameOf(value.state), sealed, { ...cookieOptions(env), maxAge: lifetimeSeconds });
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
  return cookieName(environment(), `lucency-sign-in-${short}`);
}
