import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '@lucency/chart-tests/tools';
import { runFolder } from '../places.js';

const folder = join(runFolder, 'keys');
const days = ['-days', '30'];
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export interface Certificate {
  certificate: string;
  key: string;
}

/** The cluster's own authority: it vouches for servers and clients alike. */
export const authority: Certificate = { certificate: join(folder, 'ca.crt'), key: join(folder, 'ca.key') };
/** Signs the tokens of service accounts. */
export const tokenKey = join(folder, 'tokens.key');

export async function makeAuthority(): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { certificate, key } = authority;
  await openssl(
    'req',
    '-x509',
    ...newKey,
    ...days,
    '-subj',
    '/CN=lucency-cluster',
    '-keyout',
    key,
    '-out',
    certificate,
  );
  await openssl('genrsa', '-out', tokenKey, '2048');
}

/**
 * @param subject as in /O=system:nodes/CN=system:node:real: whom Kubernetes takes the bearer for.
 * @param names for which it may serve, as in DNS:localhost,IP:127.0.0.1.
 */
export async function certify(name: string, subject: string, names = 'DNS:localhost'): Promise<Certificate> {
  const [request, extensions] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
  const made = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  writeFileSync(extensions, `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`);
  await openssl('req', '-new', ...newKey, '-subj', subject, '-keyout', made.key, '-out', request);
  const signer = ['-CA', authority.certificate, '-CAkey', authority.key, '-CAcreateserial'];
  const files = ['-in', request, '-extfile', extensions, '-out', made.certificate];
  await openssl('x509', '-req', ...signer, ...days, ...files);
  return made;
}

async function openssl(...args: string[]): Promise<void> {
  const { ok, output } = await run('openssl', args);
  if (!ok) throw new Error(`openssl ${args[0]} failed: ${output}`);
}
