import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ports } from '../addresses.js';
import { runFolder } from '../places.js';
import { authority, type Certificate } from './authority.js';

export const apiUrl = `https://127.0.0.1:${ports.api}`;
/** The administrator's; what people and checks use. */
export const adminKubeconfig = join(runFolder, 'admin.kubeconfig');

/** Writes a kubeconfig for whoever bears the certificate, or the token. @returns its file. */
export function writeKubeconfig(name: string, bearer: Certificate | { token: string }): string {
  const user =
    'token' in bearer
      ? { token: bearer.token }
      : { 'client-certificate': bearer.certificate, 'client-key': bearer.key };
  const file = join(runFolder, `${name}.kubeconfig`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'lucency', cluster: { server: apiUrl, 'certificate-authority': authority.certificate } },
    ],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: 'lucency', user: name } }],
    'current-context': name,
  };
  // JSON is YAML, too.
  writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
  return file;
}
