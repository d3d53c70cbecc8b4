import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { type MetricPages, observePage } from './page.js';
import { TraceStore } from './trace-store.js';

export interface Observer {
  /** The page, and where services send their traces. */
  url: string;
  show(metrics: MetricPages): void;
  close(): void;
}

/** A collector and viewer of traces for one machine; what it was sent is gone when it ends. */
export async function startObserver(): Promise<Observer> {
  const store = new TraceStore();
  let pages: MetricPages = {};
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(observePage(store.traces(), pages));
      return;
    }
    try {
      store.take(await json(request));
      response.setHeader('content-type', 'application/json').end('{}');
    } catch {
      response.writeHead(400).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the observer has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    show: (metrics) => {
      pages = metrics;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
