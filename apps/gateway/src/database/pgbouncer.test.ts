import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BlobStore, createBlobStore } from '@lucency/blobs';
import { findPgBouncer, type PgBouncer, startPgBouncer, testDatabase } from '@lucency/dev-stack';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordResults } from '../coordination/record-results.js';
import { sweep } from '../coordination/sweeper.js';
import { decodeId } from '../schema/global-id.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { aReading, resultFor, tasksOf } from '../testing/test-studies.js';
import { createPool } from './pool.js';
import { inTransaction } from './tenant.js';

const binary = findPgBouncer();

describe.skipIf(!binary)(
  `behind PgBouncer in transaction mode${binary ? '' : ' (skipped: no pgbouncer on this machine)'}`,
  () => {
    let pooler: PgBouncer;
    let gateway: TestGateway;
    let workerUrl: string;

    beforeAll(async () => {
      const database = await testDatabase();
      pooler = await startPgBouncer(binary ?? '', [database.appUrl, database.workerUrl]);
      workerUrl = pooler.through(database.workerUrl);
      const settings = { DATABASE_URL: pooler.through(database.appUrl), WORKER_DATABASE_URL: workerUrl };
      gateway = await startTestGateway(settings, { database });
    });
    afterAll(async () => {
      await gateway?.close();
      await pooler?.stop();
    });

    it('takes studies of many people at once, each as their own, and records and shows their readings', async () => {
      const people = [
        ['technologist-north', 'Harbour North'],
        ['technologist-south', 'Harbour South'],
        ['technologist-valley', 'Valley Clinic'],
      ] as const;
      await Promise.all(
        Array.from({ length: 5 }, () => people)
          .flat()
          .map(async ([subject, site], index) => {
            const client = gateway.client(subject);
            const siteId = (await client.sites()).get(site) ?? '';
            const patientReference = `${site} ${index}`;
            const study = await client.submitImage({
              siteId,
              bytes: Buffer.from(randomUUID()),
              patientReference,
              patientAgeMonths: 30,
            });
            await record(study);
            const { studies } = await client.get<{
              studies: {
                edges: { node: { site: { name: string }; images: { reading: object | null }[] } }[];
              };
            }>('{ studies(first: 50) { edges { node { site { name } images { reading { decision } } } } } }');
            expect(new Set(studies.edges.map(({ node }) => node.site.name))).toEqual(new Set([site]));
            expect(studies.edges.some(({ node }) => node.images[0]?.reading)).toBe(true);
          }),
      );
    });

    async function record(study: string): Promise<void> {
      const [task] = await tasksOf(gateway.workerPool, decodeId(study).id);
      if (!task) throw new Error('the study has no task');
      await recordResults(gateway.workerPool, task.organization_id, [resultFor(task, aReading)]);
    }

    it('lets one sweep while another passes, and the next sweep again', async () => {
      const pool = createPool({ url: workerUrl, max: 4, onIdleError: () => undefined });
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const folder = await mkdtemp(path.join(tmpdir(), 'lucency-sweep-'));
      let listed = 0;
      const store = createBlobStore(`file://${folder}`);
      const blobs: BlobStore = {
        ...store,
        async *list(prefix) {
          listed += 1;
          await sleep(300);
          yield* store.list(prefix);
        },
      };
      await Promise.all([sweep({ pool, blobs, log }), sweep({ pool, blobs, log })]);
      expect(listed).toBe(1);
      await sweep({ pool, blobs, log });
      expect(listed).toBe(2);
      await pool.end();
      await rm(folder, { recursive: true });
    });

    it('ends statements that take too long, and leaves no limit behind for the next', async () => {
      const pool = createPool({ url: workerUrl, max: 1, onIdleError: () => undefined });
      const limitOf = (client: pg.ClientBase) => client.query('SHOW statement_timeout');
      const within = await inTransaction(pool, limitOf);
      expect(within.rows).toEqual([{ statement_timeout: '10s' }]);
      await pool.end();

      const plain = new pg.Client(workerUrl);
      await plain.connect();
      expect((await limitOf(plain)).rows).toEqual([{ statement_timeout: '0' }]);
      await plain.end();
    });
  },
);
