import { type Database, testDatabase } from '@lucency/dev-stack';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from './migrate.js';
import { createPool, DatabaseBusy } from './pool.js';
import { createPrisma, OperationReader } from './reader.js';

let database: Database;
const onIdleError = () => undefined;

beforeAll(async () => {
  database = await testDatabase();
  await migrate(database.ownerUrl);
});
afterAll(() => database.drop());

it('tells whoever comes on top of those that may wait, at once, and serves the others', async () => {
  const pool = createPool({ url: database.appUrl, max: 1, maxWaiting: 2, onIdleError });
  const held = await pool.connect();
  const waiting = [pool.query('SELECT 1 AS one'), pool.connect()];
  await expect(pool.query('SELECT 1')).rejects.toBeInstanceOf(DatabaseBusy);
  await expect(pool.connect()).rejects.toBeInstanceOf(DatabaseBusy);
  held.release();
  const [, client] = await Promise.all(waiting);
  expect(pool.waitingCount).toBe(0);
  if (client && 'release' in client) client.release();
  await pool.end();
});

it('says the same to whoever waited in vain', async () => {
  const pool = createPool({ url: database.appUrl, max: 1, onIdleError });
  const held = await pool.connect();
  await expect(pool.query('SELECT 1')).rejects.toBeInstanceOf(DatabaseBusy);
  held.release();
  await pool.end();
});

it('does not call a database busy that cannot be reached', async () => {
  const pool = createPool({ url: 'postgres://nobody@127.0.0.1:1/none', max: 1, onIdleError });
  const refusal = await pool.query('SELECT 1').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Error);
  expect(refusal).not.toBeInstanceOf(DatabaseBusy);
  await pool.end();
});

it('is told through Prisma too', async () => {
  const pool = createPool({ url: database.appUrl, max: 1, maxWaiting: 0, onIdleError });
  const prisma = createPrisma(pool);
  const tenant = { organizationId: '', personId: '', siteIds: [], writableSiteIds: [] };
  const [first, second] = [new OperationReader(prisma, tenant), new OperationReader(prisma, tenant)];
  await first.open();
  await expect(second.open()).rejects.toBeInstanceOf(DatabaseBusy);
  await first.close();
  await prisma.$disconnect();
});
