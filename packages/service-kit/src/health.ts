import { createServer } from 'node:http';

export interface HealthOptions {
  /** 0 takes a free one. */
  port: number;
  /** Whether work can be taken now. Throwing counts as no. */
  ready: () => Promise<boolean> | boolean;
  /** An answer that takes longer than this is a no; below the one second that Kubernetes waits. */
  readyDeadlineMs?: number;
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/**
 * GET /healthz: 200 as long as the event loop turns. GET /readyz: 200 when `ready` says so, else 503.
 * It asks about this service alone: a probe that fails with the database restarts healthy pods.
 */
export function startHealthServer({
  port,
  ready,
  readyDeadlineMs = 800,
}: HealthOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
      response.end(`${text}\n`);
    };
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/healthz') answer(200, 'alive');
    else if (path === '/readyz') {
      void isReady(ready, readyDeadlineMs).then((yes) =>
        yes ? answer(200, 'ready') : answer(503, 'not ready'),
      );
    } else answer(404, 'not found');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function isReady(ready: HealthOptions['ready'], deadlineMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, false);
  });
  try {
    return await Promise.race([Promise.resolve().then(ready), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
