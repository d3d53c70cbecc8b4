'use client';

import { Button } from '@mantine/core';
import { IconCloudOff, IconLock } from '@tabler/icons-react';
import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useConnection } from '../api/provider';
import classes from './banner.module.css';

// A reconnect is usually done sooner; a banner that flashes helps no one.
const patienceMs = 2_500;

/** Says when what is shown may be out of date, and when only signing in again helps. */
export function ConnectionBanner() {
  const { live, signedOut } = useConnection();
  const away = useLasting(live === 'away', patienceMs);
  const path = usePathname();
  if (signedOut) {
    return (
      <div role="alert" className={classes.banner}>
        <IconLock size={18} aria-hidden />
        <span>Your session has ended.</span>
        <Button component="a" size="compact-sm" href={`/auth/sign-in?returnTo=${encodeURIComponent(path)}`}>
          Sign in again
        </Button>
      </div>
    );
  }
  if (!away) return null;
  return (
    <div role="status" className={classes.banner}>
      <IconCloudOff size={18} aria-hidden />
      <span>Live updates are away, reconnecting. What you see may be out of date.</span>
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
