import { join } from 'node:path';
import { startTethered, type Tethered, type TetheredOptions } from '../processes/tether.js';
import { waitUntilReady } from '../processes/wait-until.js';
import type { ServiceDefinition, Surroundings } from './services.js';

/** Of our own environment only what any program needs, so that no stray setting reaches a service. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = [
    'PATH',
    'HOME',
    'TMPDIR',
    'LANG',
    'TZ',
    'LUCENCY_MODEL_DIR',
    'LUCENCY_LUNGS_DIR',
    'LOG_LEVEL',
    'ENGINE',
    'ENGINE_DEVICE',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_TRACES_SAMPLER_ARG',
  ];
  return Object.fromEntries(kept.map((name) => [name, process.env[name]]).filter(([, value]) => value));
}

/** A third of the share that others have of a processor that all want. */
const niceness = 5;

/** Starts one service, ready or not. */
export function launchService(
  service: ServiceDefinition,
  around: Surroundings,
  { appendsLog = false }: Pick<TetheredOptions, 'appendsLog'> = {},
): Promise<Tethered> {
  service.prepare?.(around);
  const args = service.args(around);
  const program = service.yields
    ? { command: 'nice', args: ['-n', String(niceness), process.execPath, ...args] }
    : { command: process.execPath, args };
  return startTethered({
    name: service.name,
    ...program,
    cwd: join(around.root, service.folder),
    env: { ...plainEnvironment(), NODE_ENV: 'production', ...service.env(around) },
    logFile: around.home.logFile(service.name),
    appendsLog,
  });
}

/** Throws StartFailure, with the tail of its log, when the service ends or is not ready in time. */
export async function untilServiceReady(
  service: ServiceDefinition,
  program: Tethered,
  around: Surroundings,
): Promise<void> {
  const url = service.readyUrl(around);
  await waitUntilReady(
    program,
    () =>
      fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.ok,
        () => false,
      ),
    { deadlineMs: 120_000 },
  );
}
