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
  kill(): Promise<void>;
}

export interface OrthancOptions {
  /** A port that it had before, to come back at the same address. */
  port?: number;
}

/** A real archive with its DICOMweb plugin, empty, in a folder and on ports of its own. */
export async function startOrthanc({ port }: OrthancOptions = {}): Promise<Orthanc> {
  const folder = await mkdtemp(join(tmpdir(), 'lucency-orthanc-'));
  const user = { name: 'results', password: 'of-a-test' };
  const [aeTitle, callingAeTitle, host] = ['PACS', 'LUCENCY', '127.0.0.1'];
  const dicomPort = port ?? (await freePort());
  const httpPort = await freePort();
  const configuration = {
    StorageDirectory: folder,
    IndexDirectory: folder,
    DicomAet: aeTitle,
    DicomCheckCalledAet: true,
    DicomPort: dicomPort,
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
  const running = await startTethered({
    name: 'Orthanc',
    command: program ?? 'Orthanc',
    args: [file],
    cwd: folder,
    logFile: join(folder, 'orthanc.log'),
  });
  const origin = `http://${host}:${httpPort}`;
  const authorization = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const get = (path: string) => fetch(`${origin}${path}`, { headers: { authorization } });
  await waitUntilReady(running, async () => (await get('/system').catch(() => null))?.ok ?? false);
  return {
    aeTitle,
    callingAeTitle,
    host,
    port: dicomPort,
    dicomWebUrl: `${origin}/dicom-web`,
    user,
    json: async (path) => (await get(path)).json(),
    kill: async () => {
      await running.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
