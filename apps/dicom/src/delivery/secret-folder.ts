import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Secrets } from './authorization.js';

const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;

/** Secrets of destinations as files in a folder, one each, read anew for each try: they may be rotated. */
export function secretsIn(folder: string): Secrets {
  return async (secretName) => {
    if (!name.test(secretName)) return undefined;
    const content = await readFile(join(folder, secretName), 'utf8').catch(() => '');
    return content.trim() || undefined;
  };
}
