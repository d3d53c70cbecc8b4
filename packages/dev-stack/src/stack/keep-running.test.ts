import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openHome } from './home.js';
import { patientRestarts, type RestartPolicy } from './keep-running.js';
import { type ServiceDefinition, services } from './services.js';
import { type Stack, startStack } from './start-stack.js';

const repository = join(import.meta.dirname, '../../../..');
let folder: string;
let stack: Stack | undefined;
let said: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lucency-kept-'));
  said = [];
});
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function begin(root: string, service: ServiceDefinition | undefined, restarts: RestartPolicy) {
  stack = await startStack({
    root,
    home: openHome(join(folder, 'home')),
    services: service ? [service] : [],
    anyPorts: true,
    restarts,
    say: (text) => said.push(text),
  });
  return stack;
}

/** Answers, tells in its log that it runs, and then does what the test wants. */
function serviceThat(thenDoes: string): ServiceDefinition {
  const source = `import { createServer } from 'node:http';
    import { readFileSync, writeFileSync } from 'node:fs';
    const earlier = Number(readFileSync('starts', 'utf8'));
    writeFileSync('starts', String(earlier + 1));
    console.log('started');
    createServer((request, response) => response.end('ok')).listen(process.env.PORT);
    ${thenDoes}`;
  writeFileSync(join(folder, 'service.mjs'), source);
  writeFileSync(join(folder, 'starts'), '0');
  return {
    name: 'service',
    folder: '.',
    args: () => ['service.mjs'],
    env: ({ ports }) => ({ PORT: String(ports.gatewayHealth) }),
    readyUrl: ({ ports }) => `http://127.0.0.1:${ports.gatewayHealth}/`,
  };
}

const starts = () => Number(readFileSync(join(folder, 'starts'), 'utf8'));
const dies = 'setTimeout(() => process.exit(7), 700);';

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 40_000;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error(`waited for nothing; said so far:\n${said.join('\n')}`);
    await sleep(50);
  }
}

describe('a service that dies', () => {
  it('answers again a moment later, with a word about it', async () => {
    const gateway = services.find(({ name }) => name === 'gateway');
    const { around, programs } = await begin(repository, gateway, patientRestarts);
    const answers = () =>
      fetch(`${around.gatewayUrl}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: '{"query":"{ viewer { organization { name } } }"}',
      }).then(
        async (response) => response.ok && (await response.text()).includes('organization'),
        () => false,
      );
    const token = await around.signIn.tokenFor('technologist-north');
    expect(await answers()).toBe(true);
    const first = programs.get('gateway');
    await first?.kill();
    expect(await answers()).toBe(false);
    await until(answers);
    expect(programs.get('gateway')?.pid).not.toBe(first?.pid);
    await until(() => said.includes('gateway is ready again'));
    expect(said.join('\n')).toMatch(
      /gateway was ended by SIGKILL\..*\n[\s\S]*starting it again in 0\.5 s \(1 of 5\)/,
    );
  });

  it('is given up, with the end of its log, when it dies once more after the last try', async () => {
    const { crashed, around } = await begin(folder, serviceThat(dies), {
      delaysMs: [10, 20],
      steadyMs: 60_000,
    });
    const { message } = await crashed;
    expect(message).toContain('service ended with exit code 7');
    expect(starts()).toBe(3);
    const tries = said.filter((text) => text.includes('starting it again'));
    expect(tries.map((text) => /\(\d of \d\)/.exec(text)?.[0])).toEqual(['(1 of 2)', '(2 of 2)']);
    expect(readFileSync(around.home.logFile('service'), 'utf8').match(/started/g)).toHaveLength(3);
  });

  it('has all its tries again once it has run well', async () => {
    const service = serviceThat(`if (earlier < 3) ${dies}`);
    await begin(folder, service, { delaysMs: [10], steadyMs: 1 });
    await until(() => starts() === 4);
    expect(said.filter((text) => text.includes('(1 of 1)'))).toHaveLength(3);
  });

  it('is not started again while everything stops', async () => {
    const running = await begin(folder, serviceThat(dies), { delaysMs: [60_000], steadyMs: 0 });
    await until(() => said.some((text) => text.includes('starting it again')));
    const begun = performance.now();
    await running.stop();
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(starts()).toBe(1);
  });

  it('is not tried again when it could not even start', async () => {
    const service = { ...serviceThat(''), args: () => ['missing.mjs'] };
    await expect(begin(folder, service, patientRestarts)).rejects.toThrow(/service ended while starting/);
    expect(said.join('\n')).not.toContain('again');
  });

  it('waits for an edit where there may be one, and starts with it', async () => {
    const policy = { delaysMs: [], steadyMs: 0, waitsForEdit: true };
    const { restart } = await begin(folder, serviceThat(dies), policy);
    await until(() => said.some((text) => text.endsWith('service waits for an edit')));
    writeFileSync(
      join(folder, 'service.mjs'),
      readFileSync(join(folder, 'service.mjs'), 'utf8').replace('process.exit(7)', '1'),
    );
    restart('service');
    await until(() => said.includes('service is ready again'));
    appendFileSync(join(folder, 'service.mjs'), '\n');
    restart('service');
    await until(() => starts() === 3);
  });
});
