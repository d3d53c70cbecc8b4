import { afterEach, describe, expect, it } from 'vitest';
import { type HealthOptions, type HealthServer, startHealthServer } from './health.js';

let server: HealthServer | undefined;
afterEach(() => server?.close());

async function statuses(notReady: HealthOptions['notReady']): Promise<number[]> {
  server = await startHealthServer({ port: 0, notReady, readyDeadlineMs: 50 });
  const base = `http://127.0.0.1:${server.port}`;
  const answers = await Promise.all(['/healthz', '/readyz', '/other'].map((path) => fetch(base + path)));
  return answers.map((answer) => answer.status);
}

describe('the health server', () => {
  it('says alive and ready', async () => {
    expect(await statuses(() => null)).toEqual([200, 200, 404]);
  });

  it('stays alive while not ready', async () => {
    expect(await statuses(async () => 'NATS is away')).toEqual([200, 503, 404]);
  });

  it('says why it is not ready, but not what an error said', async () => {
    const reason = async () => (await fetch(`http://127.0.0.1:${server?.port}/readyz`)).text();
    await statuses(() => 'the database lacks migration 7');
    expect(await reason()).toBe('not ready: the database lacks migration 7\n');
    await server?.close();
    await statuses(() => {
      throw new Error('postgresql://lucency_app:password@host');
    });
    expect(await reason()).not.toContain('password');
  });

  it('counts an error and a late answer as not ready', async () => {
    const failing = () => {
      throw new Error('down');
    };
    expect(await statuses(failing)).toEqual([200, 503, 404]);
    await server?.close();
    expect(await statuses(() => new Promise<null>(() => undefined))).toEqual([200, 503, 404]);
  });
});
