import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The version that the chart ships and that is built where none is found. */
export const wantedVersion = '2.15.2';
/** discard_new_per_subject and filtered consumers on a work queue behave as we need from here on. */
const oldestVersion = [2, 10] as const;

/** A nats-server that is too old, or is none at all. */
export class UnsuitableServer extends Error {
  override name = 'UnsuitableServer';
}

/** The binary's version, "2.15.2". Throws UnsuitableServer naming the binary and, if it is old, its version. */
export async function checkServer(binary: string): Promise<string> {
  const version = await versionOf(binary);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestVersion;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new UnsuitableServer(
      `${binary} is nats-server ${version}; Lucency needs ${oldestVersion.join('.')} or later. ` +
        'Update it, or point NATS_SERVER_BIN at a newer one.',
    );
  }
  return version;
}

async function versionOf(binary: string): Promise<string> {
  let output: string;
  try {
    output = (await promisify(execFile)(binary, ['--version'], { timeout: 10_000 })).stdout;
  } catch (error) {
    throw new UnsuitableServer(
      `${binary} could not be run: ${error instanceof Error ? error.message : error}`,
    );
  }
  const version = /nats-server: v?(\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (!version)
    throw new UnsuitableServer(`${binary} does not say which nats-server it is: ${output.trim()}`);
  return version;
}
