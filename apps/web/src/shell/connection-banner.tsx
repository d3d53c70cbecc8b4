'use client';

import { Button } from '@mantine/core';
import { IconCloudOff, IconLock, IconUserX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useConnection } from '../api/provider';
import { useSubmissions } from '../submit/submissions-provider';
import classes from './banner.module.css';
import { signOut } from './sign-out';

// A reconnect is usually done sooner; a banner that flashes helps no one.
const patienceMs = 2_500;

/** Says when what is shown may be out of date and why, and leads to the sign-in page when only that helps. */
export function ConnectionBanner() {
  const { live, session } = useConnection();
  const away = useLasting(live === 'away', patienceMs);
  const signInAway = useLasting(session === 'away', patienceMs);
  if (session === 'ended') return <SessionEnded />;
  if (session === 'refused') return <SessionRefused />;
  if (!away && !signInAway) return null;
  return (
    <div role="status" className={classes.banner}>
      <IconCloudOff size={18} aria-hidden />
      <span>
        {signInAway
          ? 'The sign-in service of your organization does not answer. You stay signed in; trying again by itself.'
          : 'Live updates are away, reconnecting. What you see may be out of date.'}
      </span>
    </div>
  );
}

/** Leaves for the sign-in page, which leads back here; where files wait to be sent the person chooses when. */
function SessionEnded() {
  const unsent = useSubmissions().hasUnsent;
  useEffect(() => {
    const { pathname, search } = window.location;
    const query = new URLSearchParams({ notice: 'ended', returnTo: pathname + search });
    if (!unsent) window.location.replace(`/sign-in?${query}`);
  }, [unsent]);
  return (
    <div role="alert" className={classes.banner}>
      <IconLock size={18} aria-hidden />
      <span>Your session has ended. Sign in in another tab, and go on here.</span>
      <Button component="a" size="compact-sm" href="/auth/sign-in" target="_blank">
        Sign in again
      </Button>
    </div>
  );
}

function SessionRefused() {
  return (
    <div role="alert" className={classes.banner}>
      <IconUserX size={18} aria-hidden />
      <span>Lucency does not accept your sign-in. Sign out and in again, or ask your administrator.</span>
      <Button size="compact-sm" variant="default" onClick={() => void signOut().catch(() => undefined)}>
        Sign out
      </Button>
    </div>
  );
}

function useLasting(now: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!now) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [now, ms]);
  return lasting;
}
