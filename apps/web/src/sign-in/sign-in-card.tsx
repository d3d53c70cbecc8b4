'use client';

import { Alert, Button } from '@mantine/core';
import { IconArrowRight, IconInfoCircle } from '@tabler/icons-react';
import { Mark } from '../shell/mark';
import type { SignInNotice } from './redirects';
import classes from './sign-in-card.module.css';

const notices: Record<SignInNotice, string> = {
  'signed-out': 'You have signed out.',
  'signed-out-here':
    'You have signed out of Lucency. The sign-in service of your organization did not answer: you may still be signed in there.',
  ended: 'Your session has ended. Sign in again to go on where you were.',
  expired: 'That sign-in took too long or was already used. Start again.',
  failed: 'Your sign-in was not completed. Try again, or ask your administrator for access.',
  'too-large':
    'Your account carries more groups or roles than Lucency can take. Ask your administrator to send fewer in its tokens.',
  unavailable: 'The sign-in service of your organization does not answer. Try again in a moment.',
};

/** Those that say what the person did, or may expect. */
const calm: readonly SignInNotice[] = ['signed-out', 'ended'];

export function SignInCard({ notice, returnPath }: { notice: SignInNotice | undefined; returnPath: string }) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Mark size={48} />
        <h1 className={classes.title}>Lucency</h1>
        <p className={classes.text}>
          Reads a chest X-ray, says how likely pneumonia is, and shows where it looked.
        </p>
        {notice && (
          <Alert
            role="status"
            color={calm.includes(notice) ? 'gray' : 'yellow'}
            icon={<IconInfoCircle aria-hidden />}
            className={classes.notice}
          >
            {notices[notice]}
          </Alert>
        )}
        <Button
          component="a"
          href={`/auth/sign-in?returnTo=${encodeURIComponent(returnPath)}`}
          size="md"
          fullWidth
          rightSection={<IconArrowRight size={18} aria-hidden />}
        >
          Sign in
        </Button>
        <p className={classes.small}>You sign in with the account of your organization.</p>
      </div>
      <p className={classes.limits}>
        For research and teaching. No medical device, and never a diagnosis by itself.
      </p>
    </main>
  );
}
