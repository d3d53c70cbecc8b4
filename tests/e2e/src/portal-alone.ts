import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath, freePort, startTethered, type Tethered, waitUntilReady } from '@lucency/dev-stack';

const root = join(import.meta.dirname, '../../..');

export interface PortalAlone {
  url: string;
  stop(): Promise<void>;
}

/** The portal without a gateway, which signing in does not need. `publicUrl`, where something stands before it. */
export async function startPortalAlone(settings: {
  issuer: string;
  port?: number;
  publicUrl?: string;
}): Promise<PortalAlone> {
  const port = settings.port ?? (await freePort());
  const scratch = mkdtempSync(join(tmpdir(), 'lucency-portal-'));
  const web = createRequire(join(root, 'apps/web/package.json'));
  const program = await startTethered({
    name: 'web',
    command: process.execPath,
    args: [web.resolve('next/dist/bin/next'), 'start', '--port', String(port)],
    cwd: join(root, 'apps/web'),
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      GATEWAY_URL: 'http://localhost:9',
      OIDC_ISSUER: settings.issuer,
      PUBLIC_URL: settings.publicUrl ?? `http://localhost:${port}`,
      SESSION_SECRET: 'a secret for tests, of more than 32 characters',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    logFile: join(scratch, 'web.log'),
  });
  await untilAnswers(program, `http://127.0.0.1:${port}/healthz`);
  return {
    url: `http://localhost:${port}`,
    async stop() {
      await program.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

export function findNginx(): string | null {
  return findOnPath('nginx') ?? findOnPath('nginx', { PATH: '/usr/sbin' }) ?? null;
}

/** nginx before `upstream`, with the sizes for headers that ingress-nginx has by default. */
export async function startNginx(binary: string, port: number, upstream: number): Promise<PortalAlone> {
  const scratch = mkdtempSync(join(tmpdir(), 'lucency-nginx-'));
  mkdirSync(join(scratch, 'logs'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${scratch}/${name};`,
  );
  writeFileSync(
    join(scratch, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${scratch}/pid; error_log ${scratch}/logs/error.log;
     events { worker_connections 64; }
     http { access_log off; ${temporary.join(' ')}
       client_header_buffer_size 1k; large_client_header_buffers 4 8k;
       server { listen 127.0.0.1:${port};
         location / { proxy_pass http://127.0.0.1:${upstream}; proxy_http_version 1.1;
           proxy_set_header Host $host; proxy_buffering off; proxy_buffer_size 4k; proxy_buffers 4 4k; } } }`,
  );
  const program = await startTethered({
    name: 'nginx',
    command: binary,
    args: ['-p', scratch, '-c', join(scratch, 'nginx.conf')],
    logFile: join(scratch, 'out.log'),
  });
  await untilAnswers(program, `http://127.0.0.1:${port}/healthz`);
  return {
    url: `http://localhost:${port}`,
    async stop() {
      await program.stop();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

async function untilAnswers(program: Tethered, url: string): Promise<void> {
  await waitUntilReady(
    program,
    () =>
      fetch(url).then(
        ({ ok }) => ok,
        () => false,
      ),
    { deadlineMs: 60_000 },
  );
}
