import { findOnPath, isExecutable } from '../processes/cache.js';
import { buildWithGo, cachedProgram } from '../processes/go-install.js';
import { downloadedServer, downloadServer, officialRelease } from './official-release.js';
import { checkServer, UnsuitableServer, wantedVersion } from './version.js';

const program = {
  name: 'nats-server',
  path: 'github.com/nats-io/nats-server/v2',
  version: `v${wantedVersion}`,
};

/**
 * A nats-server of 2.10 or later: NATS_SERVER_BIN, else the PATH, else the cache, else the official release with
 * its pinned checksum, else built with Go. What NATS_SERVER_BIN names must do; an old one on the PATH is passed over
 * with a word. Throws UnsuitableServer with everything that was tried.
 */
export async function findNatsServer(
  progress: (text: string) => void = () => undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  if (env.NATS_SERVER_BIN) {
    await checkServer(env.NATS_SERVER_BIN);
    return env.NATS_SERVER_BIN;
  }
  const tried: string[] = [];
  const onPath = findOnPath('nats-server', env);
  if (onPath) {
    try {
      await checkServer(onPath);
      return onPath;
    } catch (error) {
      if (!(error instanceof UnsuitableServer)) throw error;
      progress(error.message);
      tried.push(error.message);
    }
  } else {
    tried.push('nats-server is not on the PATH.');
  }

  const cached = [cachedProgram(program), downloadedServer(officialRelease)].find(isExecutable);
  if (cached) return cached;

  try {
    const downloaded = await downloadServer(officialRelease, progress);
    if (downloaded) {
      await checkServer(downloaded);
      return downloaded;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    progress(reason);
    tried.push(reason);
  }
  try {
    const built = await buildWithGo(program, progress);
    if (built) {
      await checkServer(built);
      return built;
    }
    tried.push('Go, which could build it, is not installed.');
  } catch (error) {
    tried.push(error instanceof Error ? error.message : String(error));
  }
  throw new UnsuitableServer(
    `No nats-server was found. ${tried.join(' ')} ` +
      `Install nats-server ${wantedVersion} (https://github.com/nats-io/nats-server/releases) or Go, ` +
      'or set NATS_SERVER_BIN.',
  );
}
