import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openHome, services, startStack } from '@lucency/dev-stack';

export const root = path.join(import.meta.dirname, '../../..');

/** A platform without its portal, as a program meets it. */
export interface RunningPlatform {
  endpoint: string;
  /** Of a technologist who may submit at one site. */
  token(): Promise<string>;
  close(): Promise<void>;
}

export async function startPlatform(): Promise<RunningPlatform> {
  const folder = mkdtempSync(path.join(tmpdir(), 'lucency-client-'));
  const stack = await startStack({
    root,
    home: openHome(folder),
    anyPorts: true,
    services: services.filter(({ name }) => name !== 'web'),
  });
  return {
    endpoint: `${stack.around.gatewayUrl}/graphql`,
    token: () => stack.around.signIn.tokenFor('technologist-north'),
    close: async () => {
      await stack.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
