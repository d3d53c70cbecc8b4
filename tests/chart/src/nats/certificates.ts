import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../run.js';
import { firstOf, MissingTool } from '../tools/tools.js';

/**
 * Writes tls.crt, tls.key and ca.crt of an authority that exists for this only into the folder, as a Secret is mounted.
 * Throws MissingTool.
 */
export async function writeCertificates(folder: string): Promise<void> {
  const openssl = firstOf(['openssl']);
  if (!openssl) throw new MissingTool('openssl, which makes certificates for the test, is not installed');
  const scratch = join(folder, 'authority');
  await mkdir(scratch, { recursive: true });
  const at = (name: string) => join(scratch, name);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const make = async (...args: string[]) => {
    const { ok, output } = await run(openssl, args);
    if (!ok) throw new Error(output);
  };
  const authority = ['-keyout', at('ca.key'), '-out', at('ca.crt'), '-days', '2', '-subj', '/CN=authority'];
  await make('req', '-x509', ...key, ...authority);
  await make('req', ...key, '-keyout', at('tls.key'), '-out', at('tls.csr'), '-subj', '/CN=localhost');
  await writeFile(at('names'), 'subjectAltName=DNS:localhost\n');
  const signed = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2'];
  await make(
    ...['x509', '-req', '-in', at('tls.csr'), ...signed],
    ...['-extfile', at('names'), '-out', at('tls.crt')],
  );
  for (const name of ['tls.key', 'tls.crt', 'ca.crt']) await copyFile(at(name), join(folder, name));
}
