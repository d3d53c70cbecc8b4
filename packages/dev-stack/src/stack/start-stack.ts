import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { demoDirectory } from '../demo-directory.js';
import { findNatsServer } from '../nats/find-server.js';
import { startNats } from '../nats/start-nats.js';
import { startPostgres } from '../postgres/start-postgres.js';
import type { Tethered } from '../processes/tether.js';
import { startSignIn } from '../sign-in/start-sign-in.js';
import { forgetConnection } from './connection.js';
import type { Home } from './home.js';
import { howItEnded, type KeptService, keepRunning, noRestarts, type RestartPolicy } from './keep-running.js';
import { choosePorts } from './ports.js';
import { runStep } from './run-step.js';
import { services as allServices, type ServiceDefinition, type Surroundings } from './services.js';

export interface StackOptions {
  /** The repository. */
  root: string;
  home: Home;
  /** The portal's port, 3000 when left out. */
  portalPort?: number | undefined;
  /** Free ports only, none of the usual: for tests, of which several run at the same time. */
  anyPorts?: boolean;
  services?: readonly ServiceDefinition[];
  /** Of services that die; when left out, the first death is a crash. Servers below them are never restarted. */
  restarts?: RestartPolicy;
  /** Called when a program was started in place of one in `programs`. */
  replaced?: (name: string) => void;
  say?: (text: string) => void;
}

export interface Stack {
  around: Surroundings;
  /** Every program by name, for those who watch it or end it. */
  programs: ReadonlyMap<string, Tethered>;
  /** Settles when a program ends that nobody asked to and that is not started again; the message has the tail of its log. */
  crashed: Promise<Error>;
  /** Starts a service anew, with the code that is built now. */
  restart(service: string): void;
  stop(): Promise<void>;
}

/** Starts everything at once and answers when all of it can take work. Whatever fails, nothing stays running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { root, home, services = allServices, say = () => undefined } = options;
  const programs = new Map<string, Tethered>();
  const kept = new Map<string, KeptService>();
  const watch = watchFor();

  const track = (server: Tethered) => {
    programs.set(server.name, server);
    watch.over(server);
  };

  const stop = async () => {
    watch.end();
    // Services finish what they have in hand while the servers below them still answer.
    await Promise.all([...kept.values()].map((service) => service.stop()));
    await Promise.all([...programs.values()].map((program) => program.stop()));
    forgetConnection(home);
    home.lock.release();
  };

  try {
    const ports = await choosePorts({ portal: options.portalPort, anyPorts: options.anyPorts ?? false }, say);
    const portalUrl = `http://localhost:${ports.portal}`;

    const openDatabase = async () => {
      const postgres = await startPostgres({
        dir: join(home.path, 'postgres'),
        port: ports.postgres,
        logFile: home.logFile('postgres'),
      });
      track(postgres.program);
      const database = await postgres.createDatabase('lucency');
      say('Postgres is ready');
      if (services.some(({ name }) => name === 'gateway')) {
        const env = { OWNER_DATABASE_URL: database.ownerUrl };
        say(await runStep('migrating the database', join(root, 'apps/gateway/dist/migrate.js'), { env }));
      }
      return database;
    };
    const openNats = async () => {
      const binary = await findNatsServer(say);
      const dir = join(home.path, 'nats');
      const nats = await startNats({ dir, port: ports.nats, binary, logFile: home.logFile('nats') });
      track(nats.program);
      say('NATS is ready');
      return nats;
    };
    const openSignIn = async () => {
      const logFile = home.logFile('sign-in');
      const signIn = await startSignIn({ port: ports.signIn, portalOrigins: [portalUrl], logFile });
      track(signIn.program);
      say('sign-in is ready');
      return signIn;
    };
    const [database, nats, signIn] = await allOrThrow([openDatabase(), openNats(), openSignIn()]);

    const around: Surroundings = {
      root,
      home,
      ports,
      portalUrl,
      gatewayUrl: `http://localhost:${ports.gateway}`,
      natsUrl: nats.url,
      blobStoreUrl: pathToFileURL(join(home.path, 'blobs')).href,
      database,
      signIn,
    };
    const provisioned = async () => {
      if (!services.some(({ name }) => name === 'gateway')) return;
      const env = { OWNER_DATABASE_URL: database.ownerUrl, OIDC_ISSUER: signIn.issuer };
      const input = JSON.stringify(demoDirectory);
      say(await runStep('provisioning', join(root, 'apps/gateway/dist/provision.js'), { env, input }));
    };
    const keeper = {
      policy: options.restarts ?? noRestarts,
      say,
      started: (program: Tethered) => {
        const replaces = programs.has(program.name);
        programs.set(program.name, program);
        if (replaces) options.replaced?.(program.name);
      },
      gaveUp: watch.report,
    };
    const started = services.map((service) => {
      const running = keepRunning(service, around, keeper);
      kept.set(service.name, running);
      return running.ready;
    });
    await allOrThrow([provisioned(), ...started]);
    const restart = (name: string) => kept.get(name)?.restart();
    return { around, programs, crashed: watch.crashed, restart, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Like Promise.all, but waits for all before it throws: nothing may start behind the back of stop(). */
async function allOrThrow<T extends readonly unknown[]>(
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
) {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function watchFor() {
  let ending = false;
  let settle: (error: Error) => void = () => undefined;
  const crashed = new Promise<Error>((resolve) => {
    settle = resolve;
  });
  const report = (error: Error) => {
    if (!ending) settle(error);
  };
  return {
    crashed,
    report,
    over(program: Tethered) {
      void program.exited.then((exit) => report(new Error(howItEnded(program, exit))));
    },
    end() {
      ending = true;
    },
  };
}
