import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { type Account, reachableDataFolder } from './account.js';

const passwordsSchema = z.object({
  postgres: z.string(),
  lucency_owner: z.string(),
  lucency_app: z.string(),
  lucency_worker: z.string(),
});
const clusterSchema = z.object({ dataFolder: z.string(), passwords: passwordsSchema });

/** Passwords by role, `postgres` being the superuser. */
export type Passwords = z.infer<typeof passwordsSchema>;
/** What a start needs to know of a cluster that an earlier start made. */
export type Cluster = z.infer<typeof clusterSchema>;

/** Reads the cluster described in `dir`, or makes one there. */
export async function openCluster(
  dir: string,
  native: string,
  account: Account | undefined,
): Promise<Cluster> {
  mkdirSync(dir, { recursive: true });
  const description = join(dir, 'cluster.json');
  if (existsSync(description)) {
    const cluster = clusterSchema.parse(JSON.parse(readFileSync(description, 'utf8')));
    if (existsSync(join(cluster.dataFolder, 'PG_VERSION'))) return cluster;
  }
  const cluster: Cluster = {
    dataFolder: reachableDataFolder(dir, randomBytes(8).toString('hex'), account),
    passwords: {
      postgres: newPassword(),
      lucency_owner: newPassword(),
      lucency_app: newPassword(),
      lucency_worker: newPassword(),
    },
  };
  writeFileSync(description, JSON.stringify(cluster, null, 2), { mode: 0o600 });
  await initialise(cluster, native, account);
  return cluster;
}

function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

/** The folder gets its name only when it is whole, so an interrupted first start is simply begun anew. */
async function initialise(cluster: Cluster, native: string, account: Account | undefined): Promise<void> {
  const partial = `${cluster.dataFolder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(partial), { recursive: true });
  mkdirSync(partial, { mode: 0o700 });
  const passwordFile = join(tmpdir(), `lucency-${randomBytes(8).toString('hex')}`);
  writeFileSync(passwordFile, `${cluster.passwords.postgres}\n`, { mode: 0o600 });
  if (account) {
    chownSync(partial, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  try {
    // The builtin locale sorts and folds alike on every system and needs none of its locales.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    await promisify(execFile)(
      join(native, 'bin/initdb'),
      [
        `--pgdata=${partial}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--no-sync',
        ...locale,
      ],
      { cwd: '/', ...account },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, cluster.dataFolder);
}

/** After a kill the server before may still be writing its last pages; two must never run on one folder. */
export async function waitForEarlierServer(dataFolder: string, deadlineMs = 20_000): Promise<void> {
  const pidFile = join(dataFolder, 'postmaster.pid');
  const giveUpAt = Date.now() + deadlineMs;
  while (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
    if (!isAlive(pid)) return;
    if (Date.now() > giveUpAt) {
      throw new Error(`Another Postgres (process ${pid}) still uses ${dataFolder}. Stop it and start again.`);
    }
    await sleep(100);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
