import { NextResponse } from 'next/server';
import { environment } from '../../../environment';
import { takeAttempt } from '../../../sign-in/attempt';
import { callbackAddress, redeemCode } from '../../../sign-in/provider';
import { inShort, noticeOf } from '../../../sign-in/provider-failure';
import { signInPage } from '../../../sign-in/redirects';
import { readSession, writeSession } from '../../../sign-in/session';

/** The provider's answer: exchanges the code for tokens and puts them into the session cookie. */
export async function GET(request: Request): Promise<Response> {
  const answer = new URL(request.url).searchParams;
  const attempt = await takeAttempt(answer.get('state'));
  if (!attempt) {
    // Someone went back to this address, or took longer than an attempt lives.
    const signedIn = await readSession();
    return NextResponse.redirect(signedIn ? environment().publicUrl : signInPage('expired'), 303);
  }
  try {
    const callback = new URL(callbackAddress());
    callback.search = answer.toString();
    await writeSession(await redeemCode(callback, attempt));
    return NextResponse.redirect(environment().publicUrl + attempt.returnPath, 303);
  } catch (error) {
    console.error('sign-in was not completed:', inShort(error));
    return NextResponse.redirect(signInPage(noticeOf(error), attempt.returnPath), 303);
  }
}
