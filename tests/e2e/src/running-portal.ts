import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type LucencyClient } from '@lucency/client/node';
import { openHome, type ServiceDefinition, type Stack, startStack } from '@lucency/dev-stack';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.js';

export const root = join(import.meta.dirname, '../../..');

/** Everything that `npm start` runs, or some of its services, at free ports and in a home that is thrown away. */
export interface RunningStack {
  stack: Stack;
  /** A demo person as a program. */
  client(subject: string, headers?: Record<string, string>): LucencyClient;
  close(): Promise<void>;
}

export interface RunningPortal extends RunningStack {
  browser: Browser;
  /** Where the portal is. */
  portal: string;
}

export async function startServices(services?: readonly ServiceDefinition[]): Promise<RunningStack> {
  const folder = mkdtempSync(join(tmpdir(), 'lucency-e2e-'));
  const stack = await startStack({
    root,
    home: openHome(folder),
    anyPorts: true,
    ...(services && { services }),
  });
  const { gatewayUrl, signIn } = stack.around;
  return {
    stack,
    client: (subject, headers = {}) =>
      createClient({ endpoint: `${gatewayUrl}/graphql`, token: () => signIn.tokenFor(subject), headers }),
    close: async () => {
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The stack and a browser beside it. @throws where there is no Chromium */
export async function startPortal(services?: readonly ServiceDefinition[]): Promise<RunningPortal> {
  const browser = await launchChromium();
  try {
    const running = await startServices(services);
    return {
      ...running,
      browser,
      portal: running.stack.around.portalUrl,
      close: async () => {
        await browser.close();
        await running.close();
      },
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
