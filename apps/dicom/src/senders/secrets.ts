import { readFile } from 'node:fs/promises';
import type { SenderConfiguration } from './configuration.js';

/**
 * The secret of each client by its id, from its file or variable.
 * @throws Error naming what cannot be read, never its content
 */
export async function readSecrets(
  { applicationEntities }: SenderConfiguration,
  env: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, string>> {
  const secrets = new Map<string, string>();
  for (const { client } of applicationEntities) {
    const { id, secretFile, secretVariable } = client;
    const place = secretFile ?? secretVariable ?? '';
    const content = secretFile ? await readFile(secretFile, 'utf8').catch(() => undefined) : env[place];
    const secret = content?.trim();
    if (!secret) throw new Error(`the secret of client ${id} is not in ${place}`);
    secrets.set(id, secret);
  }
  return secrets;
}
