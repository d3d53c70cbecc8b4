import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/ports.js';
import { startTethered, type Tethered } from '../processes/tether.js';
import { waitUntilReady } from '../processes/wait-until.js';
import { findNatsServer } from './find-server.js';

export interface NatsOptions {
  /** Keeps the streams here; without it they live in a temporary folder, removed by stop(). */
  dir?: string;
  port?: number;
  /** Left out, the server is searched for or built; see findNatsServer. */
  binary?: string;
  logFile?: string;
}

export interface NatsServer {
  url: string;
  port: number;
  /** The process of now; it changes with start(). */
  readonly pid: number;
  readonly program: Tethered;
  /** Starts the server again on the same port with what it had stored. */
  start(): Promise<void>;
  /** Asks the server to stop. The store stays until dispose(). */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Throws away everything stored; the server must be stopped. */
  wipe(): void;
  /** Stops the server and removes its temporary folder. */
  dispose(): Promise<void>;
}

/** Starts a real nats-server with JetStream on this machine only. */
export async function startNats(options: NatsOptions = {}): Promise<NatsServer> {
  const binary = options.binary ?? (await findNatsServer());
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'lucency-nats-'));
  const store = join(dir, 'store');
  const port = options.port ?? (await freePort());

  const launch = async () => {
    const started = await startTethered({
      name: 'nats-server',
      command: binary,
      args: ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', store],
      logFile: options.logFile ?? join(dir, 'nats.log'),
    });
    await waitUntilReady(started, () => greets(port));
    return started;
  };
  let program = await launch();

  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    get pid() {
      return program.pid;
    },
    get program() {
      return program;
    },
    async start() {
      if (!program.isRunning()) program = await launch();
    },
    async stop() {
      await program.stop();
    },
    async kill() {
      await program.kill();
    },
    wipe() {
      if (program.isRunning()) throw new Error('Stop nats-server before wiping its store.');
      rmSync(store, { recursive: true, force: true });
    },
    async dispose() {
      await program.stop();
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A NATS server speaks first: a line that begins with INFO. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.setTimeout(1_000, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('data', (data) => answer(data.subarray(0, 4).toString() === 'INFO'));
  });
}
