import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { type Lock, tryLock } from '../processes/file-lock.js';

/** Where a stack keeps its data, logs and secrets. */
export interface Home {
  path: string;
  logFile(name: string): string;
  secrets: { addressSigningKey: string; sessionSecret: string };
  lock: Lock;
}

/** Another stack runs on this home; the message says which, and where it listens. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';
}

const secretsSchema = z.object({ addressSigningKey: z.string(), sessionSecret: z.string() });

export function defaultHome(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_DATA_HOME || join(homedir(), '.local/share'), 'lucency');
}

export function lockFile(home: string): string {
  return join(home, 'running.lock');
}

/** Takes the home for this process alone. Throws AlreadyRunning. */
export function openHome(path: string): Home {
  const home = resolve(path);
  mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o700 });
  const lock = tryLock(lockFile(home), 'It is still starting.');
  if ('pid' in lock) {
    throw new AlreadyRunning(`Lucency already runs on ${home} (process ${lock.pid}).\n${lock.note}`);
  }
  return {
    path: home,
    logFile: (name) => join(home, 'logs', `${name}.log`),
    secrets: openSecrets(join(home, 'secrets.json')),
    lock,
  };
}

/** Kept between starts, so that signed addresses and sessions outlive them. */
function openSecrets(file: string): Home['secrets'] {
  if (existsSync(file)) return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const secrets = {
    addressSigningKey: randomBytes(32).toString('base64url'),
    sessionSecret: randomBytes(32).toString('base64url'),
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
