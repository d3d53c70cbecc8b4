/** Answers as soon as the server serves. */
export function GET(): Response {
  return new Response('ok', { headers: { 'cache-control': 'no-store' } });
}

export const dynamic = 'force-dynamic';
