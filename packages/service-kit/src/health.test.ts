import { afterEach, describe, expect, it } from 'vitest';
import { type HealthOptions, type HealthServer, startHealthServer } from './health.js';

let server: HealthServer | undefined;
afterEach(() => server?.close());

async function statuses(ready: HealthOptions['ready']): Promise<number[]> {
  server = await startHealthServer({ port: 0, ready, readyDeadlineMs: 50 });
  const base = `http://127.0.0.1:${server.port}`;
  const answers = await Promise.all(['/healthz', '/readyz', '/other'].map((path) => fetch(base + path)));
  return answers.map((answer) => answer.status);
}

describe('the health server', () => {
  it('says alive and ready', async () => {
    expect(await statuses(() => true)).toEqual([200, 200, 404]);
  });

  it('stays alive while not ready', async () => {
    expect(await statuses(async () => false)).toEqual([200, 503, 404]);
  });

  it('counts an error and a late answer as not ready', async () => {
    const failing = () => {
      throw new Error('down');
    };
    expect(await statuses(failing)).toEqual([200, 503, 404]);
    await server?.close();
    expect(await statuses(() => new Promise<boolean>(() => undefined))).toEqual([200, 503, 404]);
  });
});
