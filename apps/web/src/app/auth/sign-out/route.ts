import { NextResponse } from 'next/server';
import { endAtProvider } from '../../../sign-in/provider';
import { isFromPortal, signInPage } from '../../../sign-in/redirects';
import { clearSession, readSession } from '../../../sign-in/session';

/** Ends the session here and, where the provider offers it, there. */
export async function POST(request: Request): Promise<Response> {
  if (!isFromPortal(request)) return new Response('Sign out from the portal itself.', { status: 403 });
  const session = await readSession();
  await clearSession();
  const signedOut = signInPage('signed-out');
  const elsewhere = session ? await endAtProvider(session, signedOut).catch(() => null) : null;
  return NextResponse.redirect(elsewhere ?? signedOut, 303);
}
