import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishConnection, readConnection } from './connection.js';
import { AlreadyRunning, openHome } from './home.js';
import type { ServiceDefinition } from './services.js';
import { type Stack, startStack } from './start-stack.js';
import { summary } from './summary.js';

let folder: string;
let stack: Stack | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lucency-stack-'));
});
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** A service of our own that does what the test needs. */
function serviceThat(name: string, source: string): ServiceDefinition {
  writeFileSync(join(folder, `${name}.mjs`), source);
  return {
    name,
    folder: '.',
    args: () => [`${name}.mjs`],
    env: ({ ports }) => ({ PORT: String(ports.gatewayHealth) }),
    readyUrl: ({ ports }) => `http://127.0.0.1:${ports.gatewayHealth}/`,
  };
}

const listen = `import { createServer } from 'node:http';
  createServer((request, response) => response.end('ok')).listen(process.env.PORT);`;

function begin(service: ServiceDefinition) {
  return startStack({ root: folder, home: openHome(join(folder, 'home')), services: [service] });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the stack', () => {
  it('prints what programs need to ask the API: where, and the client and secret that sign-in accepts', async () => {
    stack = await begin(serviceThat('plain', listen));
    const { around } = stack;
    const printed = summary(around);
    expect(printed).toContain(`${around.gatewayUrl}/graphql`);
    const { clientId, secret } =
      /API client (?<clientId>\S+), secret (?<secret>\S+)/.exec(printed)?.groups ?? {};
    const response = await fetch(`${around.signIn.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'api' }),
    });
    expect(await response.json()).toMatchObject({ access_token: expect.any(String) });
  });

  it('tells other programs of the same person how to use it, and only while it runs', async () => {
    stack = await begin(serviceThat('plain', listen));
    const home = join(folder, 'home');
    expect(readConnection(home)).toBeUndefined();
    publishConnection(stack);
    const { around, programs } = stack;
    expect(readConnection(home)).toMatchObject({
      gatewayUrl: around.gatewayUrl,
      apiClient: around.signIn.apiClient,
      pids: { plain: programs.get('plain')?.pid },
    });
    expect(statSync(join(home, 'connection.json')).mode & 0o077).toBe(0);
    await stack.stop();
    expect(readConnection(home)).toBeUndefined();
  });

  it('leaves no process behind when it stops', async () => {
    stack = await begin(serviceThat('orderly', listen));
    const pids = [...stack.programs.values()].map(({ pid }) => pid);
    expect([...stack.programs.keys()].sort()).toEqual(['nats-server', 'orderly', 'postgres', 'sign-in']);
    expect(pids.every(isAlive)).toBe(true);
    await stack.stop();
    expect(pids.some(isAlive)).toBe(false);
  });

  it('names a service that crashes, with the end of its log', async () => {
    const crash = `${listen} setTimeout(() => { console.error('out of luck'); process.exit(7); }, 1500);`;
    stack = await begin(serviceThat('unlucky', crash));
    const { message } = await stack.crashed;
    expect(message).toContain('unlucky ended with exit code 7');
    expect(message).toContain('out of luck');
  });

  it('names a server below the services that dies', async () => {
    stack = await begin(serviceThat('orderly', listen));
    await stack.programs.get('nats-server')?.kill();
    expect((await stack.crashed).message).toContain('nats-server was ended by SIGKILL');
  });

  it('does not call an orderly stop a crash', async () => {
    stack = await begin(serviceThat('orderly', listen));
    await stack.stop();
    const outcome = await Promise.race([stack.crashed, new Promise((resolve) => setTimeout(resolve, 200))]);
    expect(outcome).toBeUndefined();
  });

  it('tells why a service could not start, and leaves nothing running', async () => {
    const failing = serviceThat('failing', `console.error('no such model'); process.exit(3);`);
    await expect(begin(failing)).rejects.toThrow(/failing ended while starting[\s\S]*no such model/);
    // The home is free again, which also means that the servers have ended.
    stack = await begin(serviceThat('orderly', listen));
  });

  it('refuses a second start on the same home and says which runs', async () => {
    stack = await begin(serviceThat('orderly', listen));
    expect(() => openHome(join(folder, 'home'))).toThrow(AlreadyRunning);
    expect(() => openHome(join(folder, 'home'))).toThrow(new RegExp(`process ${process.pid}`));
  });

  it('takes over a home whose process is gone', () => {
    const home = openHome(join(folder, 'home'));
    // No process has this number: Linux and macOS end far below.
    writeFileSync(join(home.path, 'running.lock'), '2147483646\nhttp://localhost:3000');
    expect(() => openHome(join(folder, 'home'))).not.toThrow();
  });
});
