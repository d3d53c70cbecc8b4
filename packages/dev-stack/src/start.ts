import { performance } from 'node:perf_hooks';
import { watchSources } from './develop/watch-sources.js';
import { type Observer, startObserver } from './observe/start-observer.js';
import { readArguments, type StartArguments } from './stack/arguments.js';
import { publishConnection } from './stack/connection.js';
import { writeDrawnDicom } from './stack/drawn-dicom.js';
import { openHome } from './stack/home.js';
import { patientRestarts } from './stack/keep-running.js';
import { watchNpm } from './stack/npm-watch.js';
import { loadSamples } from './stack/samples.js';
import { services, servicesInDevelopment } from './stack/services.js';
import { type Stack, startStack } from './stack/start-stack.js';
import { summary } from './stack/summary.js';

/** npm passes one Ctrl-C on a second time; a person's second one comes later. */
const repeatMs = 1_500;

/**
 * Runs Lucency until it is told to stop; answers the exit code. `editsSince`: what was built then, in
 * milliseconds since 1970, is kept up to date with edits from then on, and they restart what they touch. Called by launch/start.mjs and launch/dev.mjs.
 */
export async function start(
  root: string,
  args: readonly string[],
  { editsSince }: { editsSince?: number } = {},
): Promise<number> {
  const begun = performance.now();
  const say = (text: string) => {
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(`${seconds.padStart(6)} s  ${text}`);
  };
  const asked = askedToStop();
  let wanted: StartArguments;
  try {
    wanted = readArguments(args);
  } catch (error) {
    console.error(messageOf(error));
    return 2;
  }
  let stack: Stack | undefined;
  let observer: Observer | undefined;
  let sources: Awaited<ReturnType<typeof watchSources>> | undefined;
  try {
    const home = openHome(wanted.home);
    if (wanted.observe) {
      observer = await startObserver();
      // As services read it; they are started with it.
      process.env.OTEL_EXPORTER_OTLP_ENDPOINT = observer.url;
    }
    const starting = startStack({
      root,
      home,
      portalPort: wanted.port,
      services: editsSince === undefined ? services : servicesInDevelopment,
      restarts: { ...patientRestarts, waitsForEdit: editsSince !== undefined },
      // For programs that measure this stack: they find processes by their numbers.
      replaced: () => stack && publishConnection(stack),
      say,
    });
    const first = await Promise.race([starting, asked]);
    if (typeof first === 'string') say('stopping as soon as what is starting has started');
    stack = await starting;
    observer?.show(metricPages(stack));
    if (editsSince !== undefined) {
      const restarted = services.filter(({ name }) => name !== 'web');
      sources = await watchSources({
        root,
        services: restarted,
        builtAt: editsSince,
        say,
        restart: stack.restart,
      });
    }
    const end =
      typeof first === 'string' ? first : await Promise.race([serve(stack, wanted, say, observer), asked]);
    say('stopping');
    await stack.stop();
    say('stopped');
    if (typeof end === 'string') return 0;
    console.error(`\n${end.message}`);
    return 1;
  } catch (error) {
    console.error(`\n${messageOf(error)}`);
    await stack?.stop();
    return 1;
  } finally {
    await sources?.close();
    observer?.close();
  }
}

/** Loads the samples, says where everything is and answers what crashed, if ever something does. */
async function serve(
  stack: Stack,
  { samples }: StartArguments,
  say: (text: string) => void,
  observer: Observer | undefined,
): Promise<Error> {
  const { around, crashed } = stack;
  around.home.lock.describe(
    `Portal   ${around.portalUrl}\nGraphQL  ${around.gatewayUrl}/graphql\nSign-in  ${around.signIn.issuer}\nDICOM    localhost:${around.ports.dicom}`,
  );
  publishConnection(stack);
  await writeDrawnDicom(around.home.path);
  const loaded = samples ? loadSamples(around.gatewayUrl, around.signIn.tokenFor) : Promise.resolve(0);
  const count = await Promise.race([loaded, crashed]);
  if (typeof count !== 'number') return count;
  if (count > 0) say(`${count} sample studies were submitted`);
  say('Lucency is ready');
  console.log(summary(around));
  if (observer) console.log(`Traces and metrics  ${observer.url}\n`);
  return crashed;
}

function metricPages({ around: { ports } }: Stack) {
  const page = (port: number) => `http://127.0.0.1:${port}/metrics`;
  return {
    gateway: page(ports.gatewayHealth),
    inference: page(ports.inferenceHealth),
    explain: page(ports.explainHealth),
    dicom: page(ports.dicomHealth),
  };
}

function askedToStop(): Promise<string> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = (signal: string) => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        resolve(signal);
      } else if (performance.now() - firstAt > repeatMs) {
        // What was started is tethered to this process and ends with it.
        process.exit(1);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
    watchNpm(() => onSignal('npm is gone'));
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
