import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath, isExecutable } from '../processes/cache.js';
import { buildWithGo, cachedProgram } from '../processes/go-install.js';
import { freePort } from '../processes/ports.js';
import { startTethered, type Tethered } from '../processes/tether.js';
import { waitUntilReady } from '../processes/wait-until.js';

export interface S3Server {
  endpoint: string;
  /** An address for createBlobStore, with an empty prefix. */
  blobStoreUrl: string;
  /** What the AWS SDK looks for in the environment. */
  credentials: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string };
  program: Tethered;
  stop(): Promise<void>;
}

/** Apache-2.0, a single binary, one folder a bucket. */
const gateway = {
  name: 'versitygw',
  path: 'github.com/versity/versitygw/cmd/versitygw',
  version: 'v1.8.0',
};

/** VERSITYGW_BIN, else the PATH, else the cache, else built with Go; undefined where there is no Go either. */
export async function findS3Server(
  progress: (text: string) => void = () => undefined,
): Promise<string | undefined> {
  const named = process.env.VERSITYGW_BIN || findOnPath(gateway.name);
  if (named) return named;
  const cached = cachedProgram(gateway);
  return isExecutable(cached) ? cached : buildWithGo(gateway, progress);
}

/** Starts a real S3 server on this machine only, with one empty bucket in a temporary folder. */
export async function startS3({ binary }: { binary: string }): Promise<S3Server> {
  const dir = mkdtempSync(join(tmpdir(), 'lucency-s3-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = {
    AWS_ACCESS_KEY_ID: 'lucency',
    AWS_SECRET_ACCESS_KEY: randomBytes(24).toString('hex'),
  };
  // A bucket is a folder; the sidecar keeps its attributes where the file system has no extended ones.
  mkdirSync(join(dir, 'buckets/lucency'), { recursive: true });
  mkdirSync(join(dir, 'attributes'));
  const program = await startTethered({
    name: 'versitygw',
    command: binary,
    args: [
      '--port',
      `127.0.0.1:${port}`,
      'posix',
      '--sidecar',
      join(dir, 'attributes'),
      join(dir, 'buckets'),
    ],
    env: {
      PATH: process.env.PATH,
      ROOT_ACCESS_KEY: credentials.AWS_ACCESS_KEY_ID,
      ROOT_SECRET_KEY: credentials.AWS_SECRET_ACCESS_KEY,
    },
    logFile: join(dir, 's3.log'),
  });
  // Any answer will do: without a signature it is a refusal.
  await waitUntilReady(program, () =>
    fetch(endpoint).then(
      () => true,
      () => false,
    ),
  );
  return {
    endpoint,
    blobStoreUrl: `s3://lucency?endpoint=${endpoint}&region=us-east-1&forcePathStyle=1`,
    credentials,
    program,
    async stop() {
      await program.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
