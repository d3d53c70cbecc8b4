import { z } from 'zod';
import type { Session } from '../../../sign-in/packed-session';
import { refreshed } from '../../../sign-in/provider';
import { endsSession, inShort, retryAfterOf } from '../../../sign-in/provider-failure';
import { isFromPortal } from '../../../sign-in/redirects';
import { clearSession, readSession, writeSession } from '../../../sign-in/session';

// Renewed this early, so that a token never expires on its way to the gateway.
const renewSecondsBefore = 60;

/** `refused` is the end of a token that the gateway no longer takes, though its time has not come. */
const question = z.object({ refused: z.string().min(1).optional() }).catch({});

/**
 * Hands the page its short-lived access token, renewed when it is about to expire or was refused. 401 means: sign
 * in. 503 means: the provider does not answer now, ask again later.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isFromPortal(request)) return answer({ error: 'FORBIDDEN' }, 403);
  const { refused } = question.parse(await request.json().catch(() => ({})));
  const session = await readSession();
  if (!session) return answer({ error: 'SIGNED_OUT' }, 401);
  // Another page may have had it renewed meanwhile.
  const usable = session.accessToken && !(refused && session.accessToken.endsWith(refused));
  const secondsLeft = session.expiresAt - Date.now() / 1000;
  if (usable && secondsLeft > renewSecondsBefore) return tokenOf(session);
  if (!session.refreshToken) return usable && secondsLeft > 0 ? tokenOf(session) : await signedOut();
  try {
    const renewed = await refreshed(session, session.refreshToken);
    await writeSession(renewed);
    return tokenOf(renewed);
  } catch (error) {
    if (endsSession(error)) return await signedOut();
    console.error('the session could not be renewed:', inShort(error));
    return answer({ error: 'UNAVAILABLE' }, 503, { 'retry-after': String(retryAfterOf(error) ?? 5) });
  }
}

async function signedOut(): Promise<Response> {
  await clearSession();
  return answer({ error: 'SIGNED_OUT' }, 401);
}

function tokenOf(session: Session): Response {
  return answer({ accessToken: session.accessToken, expiresAt: session.expiresAt }, 200);
}

function answer(
  body: Record<string, unknown>,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(body, { status, headers: { ...headers, 'cache-control': 'no-store' } });
}
