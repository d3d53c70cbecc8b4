import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { senderConfiguration } from '../senders/configuration.js';
import { dataSet, Requestor } from '../testing/requestor.js';
import { openTestPort, type TestPort } from '../testing/test-port.js';

const folder = mkdtempSync(path.join(tmpdir(), 'lucency-dicom-tls-'));
const read = (name: string) => readFileSync(path.join(folder, name));

/** A certificate with its key, by itself; each is its own authority. */
function makeCertificate(name: string): void {
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost'];
  const files = ['-keyout', path.join(folder, `${name}.key`), '-out', path.join(folder, `${name}.crt`)];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...subject, ...files], { stdio: 'ignore' });
}

let tested: TestPort;
beforeAll(async () => {
  for (const name of ['port', 'known', 'other', 'stranger']) makeCertificate(name);
  const site = {
    siteId: '88c774fb-e61b-4c3d-a0ae-4404bda027e1',
    client: { id: 'dicom', secretVariable: 'S' },
  };
  tested = await openTestPort({
    senders: senderConfiguration.parse({
      applicationEntities: [
        { calledAeTitle: 'LUCENCY', ...site },
        {
          calledAeTitle: 'STRICT',
          certificateFingerprints: [new X509Certificate(read('known.crt')).fingerprint256],
          ...site,
        },
      ],
    }),
    tls: { cert: read('port.crt'), key: read('port.key'), ca: [read('known.crt'), read('other.crt')] },
  });
});
afterAll(async () => {
  await tested.close();
  rmSync(folder, { recursive: true });
});

function associate(certificate: string, called: string): Promise<Requestor> {
  const own = { cert: read(`${certificate}.crt`), key: read(`${certificate}.key`) };
  const socket = connect({ host: 'localhost', port: tested.port, ca: read('port.crt'), ...own });
  return Requestor.associateOver(socket, { called });
}

it('stores over TLS for a sender whose certificate the authority has signed', async () => {
  const requestor = await associate('other', 'LUCENCY');
  expect(await requestor.store(dataSet(200_000))).toMatchObject({ status: '0000' });
  await requestor.release();
});

it('takes at an AE title that names certificates those alone', async () => {
  await (await associate('known', 'STRICT')).release();
  await expect(associate('other', 'STRICT')).rejects.toThrow('"source":1,"reason":3');
});

it('answers nothing to a certificate of nobody, nor without TLS', async () => {
  await expect(associate('stranger', 'LUCENCY')).rejects.toThrow('closed');
  const plain = await Requestor.open(tested.port);
  plain.send(Buffer.from('plain'));
  expect((await plain.untilClosed()).at(-1)).toBe('closed');
});
