import { environment } from '../../../environment';
import { endAtProvider } from '../../../sign-in/provider';
import { isFromPortal, signInPage } from '../../../sign-in/redirects';
import { clearSession, readSession } from '../../../sign-in/session';

/**
 * Ends the session here and says where the page goes next: to the provider, which ends its own and sends the
 * person back, or straight to the sign-in page.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isFromPortal(request)) return Response.json({ error: 'FORBIDDEN' }, { status: 403 });
  const session = await readSession();
  await clearSession();
  const elsewhere = session
    ? await endAtProvider(session, `${environment().publicUrl}/`).catch(() => null)
    : null;
  return Response.json({ next: elsewhere?.href ?? signInPage('signed-out') });
}
