import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SignedAddresses } from '../addresses/signed-addresses.js';
import { submitStudy } from '../study/commands/submit-study.js';
import { storedUpload, submission } from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import {
  createUpload,
  maxOpenBytes,
  maxOpenUploads,
  maxUploadBytes,
  type NewUpload,
} from './create-upload.js';
import { QuotaError } from './errors.js';

let tenants: TestTenants;

beforeEach(async () => {
  tenants = await createTestTenants();
});
afterEach(() => tenants.close());

const deps = () => ({
  pool: tenants.appPool,
  addresses: new SignedAddresses('http://gateway.test', new Uint8Array(32)),
  admit: async () => null,
  ageWithinRange: () => true,
});

async function openUpload(who: 'north' | 'south' | 'valley', changes: Partial<NewUpload> = {}) {
  return createUpload(deps(), await tenants.viewer(who), {
    siteId: tenants.sites[who].id,
    bytes: 9,
    mediaType: 'image/png',
    sha256: 'a'.repeat(64),
    priority: 'ROUTINE',
    patientReference: null,
    ...changes,
  });
}

it('holds open for one person what fits a disk that others need, too', async () => {
  const large = { bytes: maxUploadBytes };
  const room = Math.floor(maxOpenBytes / maxUploadBytes);
  await Promise.all(Array.from({ length: room }, () => openUpload('valley', large)));
  await expect(openUpload('valley', large)).rejects.toThrow(QuotaError);
  expect(await openUpload('valley', { bytes: maxOpenBytes - room * maxUploadBytes })).toHaveProperty('url');
  expect(await openUpload('south', large)).toHaveProperty('url');
});

it('counts what one person holds open: not what a study took, nor what is another’s', async () => {
  const pool = tenants.appPool;
  const viewer = await tenants.viewer('north');
  const site = tenants.sites.north;
  const open = (who: 'north' | 'south' = 'north') => openUpload(who);
  const first = await storedUpload(pool, viewer, site);
  await Promise.all(Array.from({ length: maxOpenUploads - 1 }, () => open()));

  await expect(open()).rejects.toThrow(QuotaError);
  expect(await open('south')).toHaveProperty('url');

  await submitStudy(deps(), viewer, submission(site, first));
  expect(await open()).toHaveProperty('url');
  await expect(open()).rejects.toThrow(QuotaError);
});

it('names other patients who have the same image, before any bytes are sent', async () => {
  const [pool, content] = [tenants.appPool, 'the same image'];
  const { south } = tenants.sites;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const others = async (who: 'south' | 'valley', patientReference: string | null) =>
    (await openUpload(who, { sha256, patientReference })).otherPatientReferences;
  expect(await others('south', 'B')).toEqual([]);

  const submitted = ['A', 'Jose\u0301'];
  for (const patientReference of submitted) {
    const viewer = await tenants.viewer('south');
    const upload = await storedUpload(pool, viewer, south, content);
    await submitStudy(deps(), viewer, submission(south, upload, { patientReference }));
  }
  expect(await others('south', 'B')).toEqual(['José', 'A']);
  expect(await others('south', ' Jose\u0301')).toEqual(['A']);
  expect(await others('south', null)).toEqual(['José', 'A']);
  // Nothing is told at another site.
  expect(await others('valley', 'B')).toEqual([]);
});
