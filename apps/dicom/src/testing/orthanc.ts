import { startOrthanc as start } from '@lucency/dev-stack';
import type { DestinationOf } from '../delivery/destination.js';

export interface Orthanc {
  dicom: DestinationOf<'DICOM'>;
  dicomWeb: DestinationOf<'DICOMWEB'>;
  password: string;
  /** What its own API answers. */
  json(path: string): Promise<unknown>;
  kill(): Promise<void>;
}

/** A real archive, as a destination by each of its ways. */
export async function startOrthanc(): Promise<Orthanc> {
  const { aeTitle, callingAeTitle, host, port, dicomWebUrl, user, json, kill } = await start();
  return {
    dicom: { kind: 'DICOM', aeTitle, callingAeTitle, host, port, tls: false },
    dicomWeb: {
      kind: 'DICOMWEB',
      url: dicomWebUrl,
      auth: { kind: 'basic', user: user.name, secretName: 'pacs' },
    },
    password: user.password,
    json,
    kill,
  };
}
