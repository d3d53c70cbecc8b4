'use client';

import type { ReactNode } from 'react';
import { ApiProvider } from '../api/provider';
import { SubmissionsProvider } from '../submit/submissions-provider';
import { ConnectionBanner } from './connection-banner';
import { Header } from './header';
import { KeyboardHelp } from './keyboard-help';
import classes from './portal-shell.module.css';
import { ReadingServiceBanner } from './reading-service-banner';
import { SkipLink } from './skip-link';

/** What surrounds every page of someone signed in. */
export function PortalShell({ gatewayUrl, children }: { gatewayUrl: string; children: ReactNode }) {
  return (
    <ApiProvider gatewayUrl={gatewayUrl}>
      <SubmissionsProvider>
        <SkipLink />
        <Header />
        <KeyboardHelp />
        <div className={classes.banners}>
          <ConnectionBanner />
          <ReadingServiceBanner />
        </div>
        <main id="content" tabIndex={-1} className={classes.main}>
          {children}
        </main>
        <footer className={classes.footer}>
          Lucency supports the reading of chest X-rays. It is no medical device and never a diagnosis by
          itself.
        </footer>
      </SubmissionsProvider>
    </ApiProvider>
  );
}
