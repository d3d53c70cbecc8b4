import { randomUUID } from 'node:crypto';
import { type Database, testDatabase } from '@lucency/dev-stack';
import type { Pool } from 'pg';
import { migrate } from '../database/migrate.js';
import { createPool } from '../database/pool.js';
import { lookUp } from '../identity/authenticator.js';
import { type Directory, provision } from '../identity/directory.js';
import type { Viewer } from '../identity/viewer.js';

export const issuer = 'http://sign-in.test';

export interface TestSite {
  id: string;
  organizationId: string;
}

/** Two organizations, three sites, and people with each kind of right. */
export interface TestTenants {
  database: Database;
  appPool: Pool;
  workerPool: Pool;
  sites: { north: TestSite; south: TestSite; valley: TestSite };
  viewer(subject: string): Promise<Viewer>;
  /** Makes the tasks of a study so much older. */
  backdate(studyId: string, seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** A migrated database with tenants; subjects are north, south, both (reads only), admin, valley. */
export async function createTestTenants(appConnections = 10): Promise<TestTenants> {
  const database = await testDatabase();
  await migrate(database.ownerUrl);
  const [harbour, valley] = [randomUUID(), randomUUID()];
  const sites = {
    north: { id: randomUUID(), organizationId: harbour },
    south: { id: randomUUID(), organizationId: harbour },
    valley: { id: randomUUID(), organizationId: valley },
  };
  const site = ({ id }: TestSite, name: string, refusesOutOfRangeAge = false) => ({
    id,
    name,
    refusesOutOfRangeAge,
    timeZone: 'UTC',
    waitingLimitMinutes: 240,
  });
  const directory: Directory = {
    organizations: [
      {
        id: harbour,
        name: 'Harbour',
        sites: [site(sites.north, 'North'), site(sites.south, 'South', true)],
        people: [
          {
            subject: 'north',
            name: 'Technologist N',
            roles: [{ role: 'TECHNOLOGIST', siteId: sites.north.id }],
          },
          {
            subject: 'south',
            name: 'Technologist S',
            roles: [{ role: 'TECHNOLOGIST', siteId: sites.south.id }],
          },
          {
            subject: 'both',
            name: 'Radiologist',
            roles: [
              { role: 'RADIOLOGIST', siteId: sites.north.id },
              { role: 'RADIOLOGIST', siteId: sites.south.id },
            ],
          },
          { subject: 'admin', name: 'Admin', roles: [{ role: 'ADMIN', siteId: null }] },
        ],
      },
      {
        id: valley,
        name: 'Valley',
        sites: [site(sites.valley, 'Valley')],
        people: [
          {
            subject: 'valley',
            name: 'Technologist V',
            roles: [{ role: 'TECHNOLOGIST', siteId: sites.valley.id }],
          },
        ],
      },
    ],
  };
  const onIdleError = () => undefined;
  const ownerPool = createPool({ url: database.ownerUrl, max: 1, onIdleError });
  await provision(ownerPool, issuer, directory);
  const appPool = createPool({ url: database.appUrl, max: appConnections, onIdleError });
  const workerPool = createPool({ url: database.workerUrl, max: 5, onIdleError });
  return {
    database,
    appPool,
    workerPool,
    sites,
    viewer: (subject) => lookUp(appPool, issuer, subject, Date.now() + 3600_000),
    backdate: async (studyId, seconds) => {
      await ownerPool.query(
        'UPDATE task SET created_at = created_at - make_interval(secs => $2) WHERE study_id = $1',
        [studyId, seconds],
      );
    },
    close: async () => {
      await Promise.all([appPool.end(), workerPool.end(), ownerPool.end()]);
      await database.drop();
    },
  };
}
