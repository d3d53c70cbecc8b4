import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  findNatsServer,
  freePort,
  startTethered,
  type Tethered,
  UnsuitableServer,
  waitUntilReady,
} from '@lucency/dev-stack';
import { connectToNats, type NatsOptions } from '@lucency/messaging';
import { z } from 'zod';
import { render } from '../helm.js';
import { workloadsOf } from '../manifest.js';
import { MissingTool } from '../tools/tools.js';
import type { ValueSet } from '../value-sets.js';
import { writeCertificates } from './certificates.js';

export const users = ['gateway', 'coordinator', 'inference', 'explain'] as const;
export type User = (typeof users)[number];
export type Connection = Awaited<ReturnType<typeof connectToNats>>;

const configuration = z.looseObject({
  kind: z.literal('ConfigMap'),
  data: z.object({ 'nats.conf': z.string() }),
});

export interface ChartNats {
  /** Where tls.crt, tls.key and ca.crt lie. */
  tlsFolder: string;
  caFile: string;
  /** How a service of this user connects. */
  optionsOf(user: User): NatsOptions;
  connect(options: NatsOptions): Promise<Connection>;
  /** Whether a connection comes about within two seconds; services themselves would try for ever. */
  lets(options: NatsOptions): Promise<boolean>;
  /** Runs what the second container of the pod runs, looking every second. */
  watchCertificates(): Promise<Tethered>;
  stop(): Promise<void>;
}

/** What the chart would give to nats-server. Throws when these values make none. */
export async function renderedConfiguration(values: ValueSet): Promise<string> {
  const { manifests } = await render(values);
  const found = manifests.flatMap((each) => configuration.safeParse(each).data ?? []);
  const [only] = found;
  if (!only) throw new Error(`the values "${values.name}" make no nats.conf`);
  return only.data['nats.conf'];
}

/** As the StatefulSet makes it of the passwords in the Secret: quoted, whatever they begin with. */
export function passwordsFor(passwords: Record<User, string>): Record<string, string> {
  return Object.fromEntries(users.map((user) => [`QUOTED_${user.toUpperCase()}`, `"${passwords[user]}"`]));
}

/** A real nats-server with the chart's own configuration: only folders and ports are this machine's. */
export async function startChartNats(values: ValueSet): Promise<ChartNats> {
  const server = await findNatsServer().catch((error: unknown) => {
    throw error instanceof UnsuitableServer ? new MissingTool(error.message) : error;
  });
  const folder = await mkdtemp(join(tmpdir(), 'lucency-chart-nats-'));
  const [port, monitor] = [await freePort(), await freePort()];
  const tlsFolder = join(folder, 'tls');
  await Promise.all([mkdir(tlsFolder), mkdir(join(folder, 'run'))]);
  await writeCertificates(tlsFolder);
  const text = (await renderedConfiguration(values))
    .replaceAll('/tls/', `${tlsFolder}/`)
    .replace('/run/nats/', `${folder}/run/`)
    .replace('store_dir: /data', `store_dir: ${folder}/data`)
    .replace('port: 4222', `port: ${port}`)
    .replace('http: 8222', `http: 127.0.0.1:${monitor}`);
  await writeFile(join(folder, 'nats.conf'), text);
  // The second begins like a number with a unit.
  const drawn = users.map((user, index) => [user, `${index}k${randomBytes(12).toString('hex')}`]);
  const passwords: Record<User, string> = Object.fromEntries(drawn);
  const program = await startTethered({
    name: 'nats-server',
    command: server,
    args: ['--config', join(folder, 'nats.conf')],
    env: { PATH: process.env.PATH, POD_NAME: 'lucency-nats-0', ...passwordsFor(passwords) },
    logFile: join(folder, 'nats.log'),
  });
  await waitUntilReady(program, () =>
    fetch(`http://127.0.0.1:${monitor}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  const connections: Connection[] = [];
  const programs = [program];
  const caFile = join(tlsFolder, 'ca.crt');
  return {
    tlsFolder,
    caFile,
    optionsOf: (user) => ({
      servers: `nats://localhost:${port}`,
      name: user,
      user,
      password: passwords[user],
      caFile,
    }),
    connect: async (options) => {
      const connection = await connectToNats(options);
      connections.push(connection);
      return connection;
    },
    lets: async (options) => {
      const attempt = connectToNats(options).then((connection) => {
        connections.push(connection);
        return true;
      });
      return Promise.race([attempt.catch(() => false), sleep(2_000, false)]);
    },
    watchCertificates: async () => {
      const { manifests } = await render(values);
      const watch = workloadsOf(manifests)
        .flatMap(({ pod }) => pod.containers)
        .find(({ name }) => name === 'certificate-watch');
      const script = z.array(z.string()).parse(watch?.args)[0] ?? '';
      const env = { CHECK_SECONDS: '1', TLS_FOLDER: tlsFolder, PID_FILE: join(folder, 'run/nats.pid') };
      const started = await startTethered({
        name: 'certificate-watch',
        command: 'sh',
        args: ['-c', script],
        env: { PATH: process.env.PATH, ...env },
        logFile: join(folder, 'watch.log'),
      });
      programs.push(started);
      return started;
    },
    stop: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      for (const each of programs.reverse()) await each.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
