import type { z } from 'zod';

export interface EnvironmentFault {
  variable: string;
  problem: string;
}

export type EnvironmentReading<T> = { ok: true; value: T } | { ok: false; faults: EnvironmentFault[] };

/** Reads the variables a schema names. An empty variable counts as not set, as Compose and Helm leave it. */
export function readEnvironment<S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv,
): EnvironmentReading<z.output<S>> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(set);
  if (result.success) return { ok: true, value: result.data };
  return {
    ok: false,
    faults: result.error.issues.map((issue) => {
      const variable = String(issue.path[0] ?? '(several)');
      const missing = issue.path.length > 0 && set[variable] === undefined;
      return { variable, problem: missing ? 'is not set' : issue.message };
    }),
  };
}

/** All faults at once, one line each, the values themselves left out since they may be secrets. */
export function describeFaults(faults: readonly EnvironmentFault[]): string {
  const width = Math.max(8, ...faults.map((fault) => fault.variable.length));
  const lines = faults.map((fault) => `  ${fault.variable.padEnd(width)}  ${fault.problem}`);
  return ['The environment is not right:', `  ${'variable'.padEnd(width)}  problem`, ...lines].join('\n');
}

/** Reads the environment, or prints every fault and ends the process with exit code 2. */
export function parseEnvironment<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const reading = readEnvironment(schema, env);
  if (reading.ok) return reading.value;
  process.stderr.write(`${describeFaults(reading.faults)}\n`);
  process.exit(2);
}
