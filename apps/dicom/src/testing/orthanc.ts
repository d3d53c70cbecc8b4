import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startTethered, waitUntilReady } from '@lucency/dev-stack';
import type { DestinationOf } from '../delivery/destination.js';
import { installed, lacking } from './installed.js';

const dicomWebPlugin = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so';
const user = { name: 'results', password: 'of-a-test' };

export const lackingOrthanc = lacking(['Orthanc'], [dicomWebPlugin]);

export interface Orthanc {
  dicom: DestinationOf<'DICOM'>;
  dicomWeb: DestinationOf<'DICOMWEB'>;
  password: string;
  /** What its own API answers. */
  json(path: string): Promise<unknown>;
  kill(): Promise<void>;
}

/** A real archive with its DICOMweb plugin, in a folder and on ports of its own. */
export async function startOrthanc(): Promise<Orthanc> {
  const folder = await mkdtemp(join(tmpdir(), 'lucency-orthanc-'));
  const [dicomPort, httpPort] = [await freePort(), await freePort()];
  const configuration = {
    StorageDirectory: folder,
    IndexDirectory: folder,
    DicomAet: 'PACS',
    DicomCheckCalledAet: true,
    DicomPort: dicomPort,
    DicomAlwaysAllowStore: false,
    DicomAlwaysAllowEcho: false,
    DicomModalities: { lucency: ['LUCENCY', '127.0.0.1', 1] },
    HttpPort: httpPort,
    AuthenticationEnabled: true,
    RegisteredUsers: { [user.name]: user.password },
    Plugins: [dicomWebPlugin],
  };
  const file = join(folder, 'orthanc.json');
  await writeFile(file, JSON.stringify(configuration));
  const program = await startTethered({
    name: 'Orthanc',
    command: installed('Orthanc') ?? 'Orthanc',
    args: [file],
    cwd: folder,
    logFile: join(folder, 'orthanc.log'),
  });
  const origin = `http://127.0.0.1:${httpPort}`;
  const authorization = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const get = (path: string) => fetch(`${origin}${path}`, { headers: { authorization } });
  await waitUntilReady(program, async () => (await get('/system').catch(() => null))?.ok ?? false);
  return {
    dicom: {
      kind: 'DICOM',
      aeTitle: 'PACS',
      callingAeTitle: 'LUCENCY',
      host: '127.0.0.1',
      port: dicomPort,
      tls: false,
    },
    dicomWeb: {
      kind: 'DICOMWEB',
      url: `${origin}/dicom-web`,
      auth: { kind: 'basic', user: user.name, secretName: 'pacs' },
    },
    password: user.password,
    json: async (path) => (await get(path)).json(),
    kill: async () => {
      await program.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
