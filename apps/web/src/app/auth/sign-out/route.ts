import { environment } from '../../../environment';
import type { Session } from '../../../sign-in/packed-session';
import { endAtProvider } from '../../../sign-in/provider';
import { inShort } from '../../../sign-in/provider-failure';
import { isFromPortal, signInPage } from '../../../sign-in/redirects';
import { clearSession, readSession } from '../../../sign-in/session';

/**
 * Ends the session here and says where the page goes next: to the provider, which ends its own and sends the
 * person back, or straight to the sign-in page, which says so when the provider was away.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isFromPortal(request)) return Response.json({ error: 'FORBIDDEN' }, { status: 403 });
  const session = await readSession();
  await clearSession();
  return Response.json({ next: session ? await nextPlace(session) : signInPage('signed-out') });
}

async function nextPlace(session: Session): Promise<string> {
  try {
    const elsewhere = await endAtProvider(session, `${environment().publicUrl}/`);
    return elsewhere?.href ?? signInPage('signed-out');
  } catch (error) {
    console.error('the provider could not be asked to end its session:', inShort(error));
    return signInPage('signed-out-here');
  }
}
