import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOnPath } from '../processes/cache.js';
import { freePort } from '../processes/ports.js';
import { startTethered } from '../processes/tether.js';
import { waitUntilReady } from '../processes/wait-until.js';

/** Where Debian puts them; /usr/sbin is not on everybody's path. */
const program = ['/usr/sbin/Orthanc'].find(existsSync) ?? findOnPath('Orthanc');
const dicomWebPlugin = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';

/** Why tests of a real archive cannot run on this machine; empty where they can. */
export const lackingOrthanc =
  program && existsSync(dicomWebPlugin) ? '' : ' (skipped: needs Orthanc and its DICOMweb plugin)';

export interface Orthanc {
  aeTitle: string;
  /** Whom it knows, and takes instances of. */
  callingAeTitle: string;
  host: string;
  port: number;
  /** Of its DICOMweb service. */
  dicomWebUrl: string;
  user: { name: string; password: string };
  /** What its own API answers. */
  json(path: string): Promise<unknown>;
  /** Is away, without a word. */
  away(): Promise<void>;
  /** Is back at the same address, with what it held. */
  back(): Promise<void>;
  /** Ends it and deletes what it holds. */
  kill(): Promise<void>;
}

/** A real archive with its DICOMweb plugin, empty, in a folder and on ports of its own. */
export async function startOrthanc(): Promise<Orthanc> {
  const folder = await mkdtemp(join(tmpdir(), 'lucency-orthanc-'));
  const user = { name: 'results', password: 'of-a-test' };
  const [aeTitle, callingAeTitle, host] = ['PACS', 'LUCENCY', '127.0.0.1'];
  const [port, httpPort] = [await freePort(), await freePort()];
  const configuration = {
    StorageDirectory: folder,
    IndexDirectory: folder,
    DicomAet: aeTitle,
    DicomCheckCalledAet: true,
    DicomPort: port,
    DicomAlwaysAllowStore: false,
    DicomAlwaysAllowEcho: false,
    DicomModalities: { lucency: [callingAeTitle, host, 1] },
    HttpPort: httpPort,
    AuthenticationEnabled: true,
    RegisteredUsers: { [user.name]: user.password },
    Plugins: [dicomWebPlugin],
  };
  const file = join(folder, 'orthanc.json');
  await writeFile(file, JSON.stringify(configuration));
  const origin = `http://${host}:${httpPort}`;
  const authorization = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const get = (path: string) => fetch(`${origin}${path}`, { headers: { authorization } });
  const start = async () => {
    const started = await startTethered({
      name: 'Orthanc',
      command: program ?? 'Orthanc',
      args: [file],
      cwd: folder,
      logFile: join(folder, 'orthanc.log'),
    });
    await waitUntilReady(started, async () => (await get('/system').catch(() => null))?.ok ?? false);
    return started;
  };
  let running = await start();
  return {
    aeTitle,
    callingAeTitle,
    host,
    port,
    dicomWebUrl: `${origin}/dicom-web`,
    user,
    json: async (path) => (await get(path)).json(),
    away: async () => {
      await running.kill();
    },
    back: async () => {
      running = await start();
    },
    kill: async () => {
      await running.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
