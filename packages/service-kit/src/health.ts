import { createServer, type RequestListener } from 'node:http';

/** In words for whoever operates the service, without names of people or secrets; null when it is ready. */
export type NotReady = string | null;

export interface HealthOptions {
  /** Left out, every address of this machine. */
  host?: string | undefined;
  /** 0 takes a free one. */
  port: number;
  /** Null when work can be taken now, else why not. Throwing counts as no. */
  notReady: () => Promise<NotReady> | NotReady;
  /** An answer that takes longer than this is a no; below the one second that Kubernetes waits. */
  readyDeadlineMs?: number;
  /** Answers GET /metrics. */
  serveMetrics?: RequestListener;
}

export interface HealthServer {
  port: number;
  close(): Promise<void>;
}

/**
 * GET /healthz: 200 as long as the event loop turns. GET /readyz: 200 when work can be taken, else 503 and why not.
 * GET /metrics: for Prometheus. Readiness asks about this service alone: a probe that fails with the database restarts healthy pods.
 */
export function startHealthServer({
  host,
  port,
  notReady,
  readyDeadlineMs = 800,
  serveMetrics,
}: HealthOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string) => {
      response.writeHead(status, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
      response.end(`${text}\n`);
    };
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/healthz') answer(200, 'alive');
    else if (path === '/readyz') {
      void whyNot(notReady, readyDeadlineMs).then((why) =>
        why === null ? answer(200, 'ready') : answer(503, `not ready: ${why}`),
      );
    } else if (path === '/metrics' && serveMetrics) serveMetrics(request, response);
    else answer(404, 'not found');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
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

async function whyNot(notReady: HealthOptions['notReady'], deadlineMs: number): Promise<NotReady> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, deadlineMs, `it could not tell within ${deadlineMs} ms`);
  });
  try {
    return await Promise.race([Promise.resolve().then(notReady), late]);
  } catch {
    // What was thrown may quote an address with a password in it.
    return 'what it needs could not be reached';
  } finally {
    clearTimeout(timer);
  }
}
