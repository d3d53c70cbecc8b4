import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { environment } from '../../environment';
import { PortalShell } from '../../shell/portal-shell';
import { readSession } from '../../sign-in/session';

export default async function PortalLayout({ children }: { children: ReactNode }) {
  if (!(await readSession())) {
    const path = (await headers()).get('x-path') ?? '/';
    redirect(path === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(path)}`);
  }
  return <PortalShell gatewayUrl={environment().gatewayUrl}>{children}</PortalShell>;
}
