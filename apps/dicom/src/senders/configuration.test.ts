import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSenderConfiguration, senderConfiguration } from './configuration.js';
import { recognize } from './recognize.js';
import { readSecrets } from './secrets.js';

const client = { id: 'dicom', secretVariable: 'DICOM_SECRET' };
const north = { siteId: '88c774fb-e61b-4c3d-a0ae-4404bda027e1', client };
const south = { siteId: '7e623d0f-b7ce-4ca7-9415-c18115230ab7', client };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lucency-senders-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function faultsOf(applicationEntities: unknown): Promise<string> {
  const file = path.join(folder, 'senders.json');
  await writeFile(file, JSON.stringify({ applicationEntities }));
  return readSenderConfiguration(file).then(
    () => '',
    (error: Error) => error.message,
  );
}

describe('the configuration of senders', () => {
  it.each([
    ['no entity at all', [], 'applicationEntities'],
    ['an AE title of 17 characters', [{ ...north, calledAeTitle: 'A'.repeat(17) }], 'calledAeTitle'],
    ['a site that is no UUID', [{ ...north, calledAeTitle: 'A', siteId: 'north' }], 'siteId'],
    ['a word that it does not know', [{ ...north, calledAeTitle: 'A', site: 'north' }], 'site'],
    [
      'a secret in plain',
      [{ ...north, calledAeTitle: 'A', client: { id: 'c', secret: 's3cret' } }],
      'secret',
    ],
    [
      'a fingerprint that is none',
      [{ ...north, calledAeTitle: 'A', certificateFingerprints: ['ab'] }],
      'fingerprint',
    ],
    [
      'a pair of AE titles twice',
      [
        { ...north, calledAeTitle: 'A', callingAeTitles: ['ROOM1'] },
        { ...south, calledAeTitle: 'A', callingAeTitles: ['ROOM2', ' ROOM1 '] },
      ],
      'A called by ROOM1 is configured twice',
    ],
  ])('names %s, without any value of a secret', async (_what, entities, fault) => {
    const message = await faultsOf(entities);
    expect(message).toContain(fault);
    expect(message).not.toContain('s3cret');
  });

  it('finds each secret in its variable or file, and names what is missing', async () => {
    const file = path.join(folder, 'secret');
    await writeFile(file, 'from a file\n');
    const senders = senderConfiguration.parse({
      applicationEntities: [
        { ...north, calledAeTitle: 'A' },
        { ...south, calledAeTitle: 'B', client: { id: 'other', secretFile: file } },
      ],
    });
    const secrets = await readSecrets(senders, { DICOM_SECRET: 'from a variable' });
    expect([...secrets]).toEqual([
      ['dicom', 'from a variable'],
      ['other', 'from a file'],
    ]);
    await expect(readSecrets(senders, {})).rejects.toThrow(
      'the secret of client dicom is not in DICOM_SECRET',
    );
  });
});

describe('a caller', () => {
  const senders = senderConfiguration.parse({
    applicationEntities: [
      { ...north, calledAeTitle: 'LUCENCY' },
      { ...south, calledAeTitle: 'LUCENCY', callingAeTitles: ['ROOM 2'] },
    ],
  });
  const siteOf = (calledAeTitle: string, callingAeTitle: string) => {
    const found = recognize(senders, { calledAeTitle, callingAeTitle, certificateFingerprint: undefined });
    return found.ok ? found.entity.siteId : found.unknown;
  };

  it('belongs to the entry that names it before the one that takes any', () => {
    expect(siteOf('LUCENCY', 'ROOM 2')).toBe(south.siteId);
    expect(siteOf('LUCENCY', 'ROOM 1')).toBe(north.siteId);
    expect(siteOf('lucency', 'ROOM 1')).toBe('called');
  });
});
