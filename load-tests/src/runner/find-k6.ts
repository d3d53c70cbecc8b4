import { buildWithGo, cachedProgram, findOnPath, isExecutable } from '@lucency/dev-stack';

/** AGPL-3.0: run as a program of its own, never linked or shipped. */
const k6 = { name: 'k6', path: 'go.k6.io/k6', version: 'v1.8.1' };

/** K6_BIN, else the PATH, else what was built before; undefined where it has to be built first. */
export function k6AtHand(): string | undefined {
  return process.env.K6_BIN || findOnPath(k6.name) || [cachedProgram(k6)].find(isExecutable);
}

/** Builds k6 with Go where there is none. @throws with what to do */
export async function findK6(say: (text: string) => void): Promise<string> {
  const found = k6AtHand() ?? (await buildWithGo(k6, say));
  if (found) return found;
  throw new Error(
    'k6 is not on the PATH, and Go, which could build it, is not installed. ' +
      'Install one of them (https://grafana.com/docs/k6/latest/set-up/install-k6), or set K6_BIN.',
  );
}
