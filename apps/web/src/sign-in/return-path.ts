const home = '/';
// Any base works: it only has to differ from whatever origin a hostile path could name.
const nowhere = 'http://nowhere.invalid';

/**
 * Where to go after signing in: a path of this portal, or the front page. Anything that a browser would
 * resolve to another origin (`//host`, `/\host`, a scheme, control characters) is dropped, and so are the
 * sign-in pages themselves, which would loop.
 */
export function safeReturnPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/') || wanted.length > 2000 || !URL.canParse(wanted, nowhere)) return home;
  const url = new URL(wanted, nowhere);
  if (url.origin !== nowhere || url.pathname.startsWith('//')) return home;
  if (/^\/(auth|sign-in)(\/|$)/.test(url.pathname)) return home;
  return url.pathname + url.search + url.hash;
}
