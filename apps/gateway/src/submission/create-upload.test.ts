import { afterAll, beforeAll, expect, it } from 'vitest';
import { SignedAddresses } from '../addresses/signed-addresses.js';
import { storedUpload, submission } from '../testing/test-studies.js';
import { createTestTenants, type TestTenants } from '../testing/test-tenants.js';
import { createUpload, maxOpenUploads } from './create-upload.js';
import { QuotaError } from './errors.js';
import { submitStudy } from './submit-study.js';

let tenants: TestTenants;

beforeAll(async () => {
  tenants = await createTestTenants();
});
afterAll(() => tenants.close());

it('counts what one person holds open: not what a study took, nor what is another’s', async () => {
  const pool = tenants.appPool;
  const viewer = await tenants.viewer('north');
  const site = tenants.sites.north;
  const deps = {
    pool,
    addresses: new SignedAddresses('http://gateway.test', new Uint8Array(32)),
    admit: async () => null,
    ageWithinRange: () => true,
  };
  const open = async (who: 'north' | 'south' = 'north') =>
    createUpload(deps, await tenants.viewer(who), {
      siteId: tenants.sites[who].id,
      bytes: 9,
      mediaType: 'image/png',
      sha256: 'a'.repeat(64),
      priority: 'ROUTINE',
    });
  const first = await storedUpload(pool, viewer, site);
  await Promise.all(Array.from({ length: maxOpenUploads - 1 }, () => open()));

  await expect(open()).rejects.toThrow(QuotaError);
  expect(await open('south')).toHaveProperty('url');

  await submitStudy(deps, viewer, submission(site, first));
  expect(await open()).toHaveProperty('url');
  await expect(open()).rejects.toThrow(QuotaError);
});
