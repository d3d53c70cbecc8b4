import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signInNotices } from '../../sign-in/redirects';
import { safeReturnPath } from '../../sign-in/return-path';
import { readSession } from '../../sign-in/session';
import { SignInCard } from '../../sign-in/sign-in-card';

export const metadata: Metadata = { title: 'Sign in' };

type Query = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const query = await searchParams;
  const returnPath = safeReturnPath(typeof query.returnTo === 'string' ? query.returnTo : null);
  const notice = signInNotices.find((known) => known === query.notice);
  if (!notice && (await readSession())) redirect(returnPath);
  return <SignInCard notice={notice} returnPath={returnPath} />;
}
