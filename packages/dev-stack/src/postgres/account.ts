import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface Account {
  uid: number;
  gid: number;
}

/** Where root keeps what an unprivileged account must be able to reach. */
const sharedFolder = '/var/lib/lucency';

/**
 * Postgres refuses to run as root. Root therefore runs it as `postgres` where that account exists, else as
 * `nobody`, which every system has; nobody else needs another account.
 */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) };
    } catch {
      // Try the next name.
    }
  }
  throw new Error(
    'Postgres cannot run as root, and this machine has neither a postgres nor a nobody account.',
  );
}

function idOf(flag: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

/** Whether every folder on the way lets other accounts through; /root usually does not. */
export function isOpenToOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The binaries themselves, or a copy of them that the account can reach. */
export function reachableBinaries(native: string, version: string, account: Account | undefined): string {
  if (!account || isOpenToOthers(native)) return native;
  const copy = join(sharedFolder, `postgres-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    mkdirSync(sharedFolder, { recursive: true });
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, copy);
    } catch {
      // Another start was faster; its copy is as good.
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return copy;
}

/** A folder for the cluster's files that the account can reach, as near to `dir` as may be. */
export function reachableDataFolder(dir: string, id: string, account: Account | undefined): string {
  if (!account || isOpenToOthers(dir)) return join(dir, 'data');
  return join(sharedFolder, 'clusters', id);
}
