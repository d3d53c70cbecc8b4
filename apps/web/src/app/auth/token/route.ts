import { ClientError, ResponseBodyError } from 'openid-client';
import { refreshed } from '../../../sign-in/provider';
import { isFromPortal } from '../../../sign-in/redirects';
import { clearSession, readSession, type Session, writeSession } from '../../../sign-in/session';

// Renewed this early, so that a token never expires on its way to the gateway.
const renewSecondsBefore = 60;

/**
 * Hands the page its short-lived access token, renewed when it is about to expire. 401 means: sign in.
 * 503 means: the provider did not answer, ask again later.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isFromPortal(request)) return answer({ error: 'FORBIDDEN' }, 403);
  const session = await readSession();
  if (!session) return answer({ error: 'SIGNED_OUT' }, 401);
  if (session.expiresAt - renewSecondsBefore > Date.now() / 1000) return tokenOf(session);
  if (!session.refreshToken) {
    return session.expiresAt > Date.now() / 1000 ? tokenOf(session) : await signedOut();
  }
  try {
    const renewed = await refreshed(session, session.refreshToken);
    await writeSession(renewed);
    return tokenOf(renewed);
  } catch (error) {
    if (error instanceof ResponseBodyError) return await signedOut();
    if (!(error instanceof ClientError)) console.error('the session could not be renewed:', error);
    return answer({ error: 'UNAVAILABLE' }, 503);
  }
}

async function signedOut(): Promise<Response> {
  await clearSession();
  return answer({ error: 'SIGNED_OUT' }, 401);
}

function tokenOf(session: Session): Response {
  return answer({ accessToken: session.accessToken, expiresAt: session.expiresAt }, 200);
}

function answer(body: Record<string, unknown>, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
