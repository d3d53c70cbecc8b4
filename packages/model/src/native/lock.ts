import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` alone among all processes of this machine that name the same path, waiting for the others. The lock
 * is a Linux abstract socket: it leaves no file, and the system frees it with its process however that ends.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waiting?: () => void): Promise<T> {
  const name = `\0lucency-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  let lock = await tryListen(name);
  if (!lock) waiting?.();
  while (!lock) {
    await sleep(250);
    lock = await tryListen(name);
  }
  const held = lock;
  try {
    return await work();
  } finally {
    await new Promise((resolve) => held.close(resolve));
  }
}

function tryListen(name: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((stranger) => stranger.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(name, () => resolve(server));
  });
}
