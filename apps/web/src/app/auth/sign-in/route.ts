import { NextResponse } from 'next/server';
import { rememberAttempt } from '../../../sign-in/attempt';
import { authorizationAddress, newChallenge } from '../../../sign-in/provider';
import { inShort } from '../../../sign-in/provider-failure';
import { signInPage } from '../../../sign-in/redirects';
import { safeReturnPath } from '../../../sign-in/return-path';

/** Starts a sign-in: remembers what the answer must match, and sends the person to the provider. */
export async function GET(request: Request): Promise<Response> {
  const returnPath = safeReturnPath(new URL(request.url).searchParams.get('returnTo'));
  const challenge = newChallenge();
  try {
    const address = await authorizationAddress(challenge);
    await rememberAttempt({ ...challenge, returnPath });
    return NextResponse.redirect(address, 303);
  } catch (error) {
    console.error('sign-in could not be started:', inShort(error));
    return NextResponse.redirect(signInPage('unavailable', returnPath), 303);
  }
}
