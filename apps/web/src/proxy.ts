import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './content-security-policy';
import { environment } from './environment';

/** Sets the security headers of every page; Next takes the nonce for its own scripts from the request. */
export function proxy(request: NextRequest): NextResponse {
  const env = environment();
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(env, nonce, process.env.NODE_ENV === 'development');

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  // A layout is not told its own address; it needs it to come back here after signing in.
  headers.set('x-path', request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  // Addresses of studies stay in this portal.
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()');
  if (env.publicUrl.startsWith('https:')) {
    response.headers.set('strict-transport-security', 'max-age=31536000');
  }
  return response;
}

export const config = { matcher: '/((?!_next/static|healthz|icon.svg).*)' };
