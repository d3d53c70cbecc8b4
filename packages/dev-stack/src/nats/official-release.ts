import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, isExecutable } from '../processes/cache.js';
import { withLock } from '../processes/file-lock.js';

export interface Release {
  version: string;
  /** SHA-256 of `nats-server-v<version>-<platform>.tar.gz`, by platform. */
  archives: Readonly<Record<string, string>>;
}

/** The checksums are those that the recipe of the official Docker image checks against. */
export const officialRelease: Release = {
  version: '2.12.4',
  archives: {
    'linux-amd64': '92388f2e4aa1e6dea402eb173cbdb1fcb1df9a9c899cb807b91ddbb45c131b65',
    'linux-arm64': '44a6ff34eff7e8d0e1409dbac0b733cff7ecbb4f19388a4d0d3d6085d899f017',
  },
};

const releases = 'https://github.com/nats-io/nats-server/releases/download';
const downloadDeadlineMs = 60_000;

/** Where the server is, or will be once downloaded. */
export function downloadedServer(release: Release): string {
  return join(cacheFolder(`nats-server-v${release.version}-official`), 'nats-server');
}

/**
 * Downloads the official release into the cache, once. Returns undefined for a platform without a known
 * checksum. Throws when it cannot be reached, or is not the archive that was pinned.
 */
export async function downloadServer(
  release: Release,
  progress: (text: string) => void = () => undefined,
  from: string = releases,
): Promise<string | undefined> {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const wanted = release.archives[platform];
  if (!wanted) return undefined;
  const name = `nats-server-v${release.version}-${platform}`;
  const binary = downloadedServer(release);
  const folder = cacheFolder(`nats-server-v${release.version}-official`);
  return withLock(join(folder, 'download.lock'), async () => {
    if (isExecutable(binary)) return binary;
    progress(`downloading nats-server ${release.version} (once)`);
    const archive = await fetchArchive(`${from}/v${release.version}/${name}.tar.gz`);
    const found = createHash('sha256').update(archive).digest('hex');
    if (found !== wanted) throw new Error(`${name}.tar.gz has the SHA-256 ${found} instead of ${wanted}.`);
    const scratch = mkdtempSync(join(folder, 'download-'));
    try {
      writeFileSync(join(scratch, 'archive.tar.gz'), archive);
      await promisify(execFile)('tar', ['-xzf', 'archive.tar.gz'], { cwd: scratch });
      chmodSync(join(scratch, name, 'nats-server'), 0o755);
      renameSync(join(scratch, name, 'nats-server'), binary);
      return binary;
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}

async function fetchArchive(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(downloadDeadlineMs) });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const { cause, message } = error instanceof Error ? error : new Error(String(error));
    throw new Error(`${url} could not be downloaded: ${cause instanceof Error ? cause.message : message}.`);
  }
}
