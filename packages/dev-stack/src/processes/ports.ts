import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { type Lock, tryLock } from './file-lock.js';

/**
 * Below 32768 where Linux takes the ports of outgoing connections from: a client that keeps reconnecting
 * to a stopped server could otherwise be given the server's own port and connect to itself.
 */
const lowestPort = 20_000;
const highestPort = 32_000;

/**
 * The wanted port when it can be bound on every address of this machine, else a free one. It is this process' from now
 * on: another start of the same person would find it free, too, until somebody listens on it.
 */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted !== undefined && (await take(wanted))) return wanted;
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(lowestPort, highestPort);
    if (await take(port)) return port;
  }
  throw new Error(`No free port was found between ${lowestPort} and ${highestPort}.`);
}

/** Of this process, until it ends. */
const taken: Lock[] = [];

function releaseAll(): void {
  for (const lock of taken) lock.release();
}

async function take(port: number): Promise<boolean> {
  const lock = tryLock(join(reservations(), String(port)));
  if ('pid' in lock) return false;
  if (await isFree(port)) {
    if (taken.push(lock) === 1) process.once('exit', releaseAll);
    return true;
  }
  lock.release();
  return false;
}

function reservations(): string {
  const folder = join(tmpdir(), `lucency-ports-${userInfo().username}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Checks IPv4 and IPv6, since browsers may take either for localhost. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '0.0.0.0')) && (await canListen(port, '::'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    // A machine without IPv6 has nothing that could take the port there.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL'),
    );
    server.listen({ port, host, exclusive: true, ipv6Only: host === '::' }, () => {
      server.close(() => resolve(true));
    });
  });
}
