import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  findS3Server,
  type S3Server,
  startPostgres,
  startS3,
  startSignIn,
  viewsOf,
} from '@lucency/dev-stack';
import { runCronJob } from '../backup/cron-job.js';
import { found, rowCounts, startPlatform, submitStudies } from '../backup/platform.js';
import type { Check } from '../check.js';
import { render } from '../helm.js';
import { findPostgresClients } from '../tools/postgres-clients.js';
import { MissingTool } from '../tools/tools.js';
import { valueSet } from '../value-sets.js';

const studies = 60;
const gatewayFolder = dirname(dirname(createRequire(import.meta.url).resolve('@lucency/gateway')));
const measured: string[] = [];

/** Submit, back up, lose Postgres, S3 and NATS, restore: with the commands of the chart's own Jobs. */
export const backup: Check = {
  name: 'backup and restore: studies and images are back after everything was lost',
  measured: () => measured,
  async faults() {
    const [clients, binary] = [await findPostgresClients(), await findS3Server().catch(() => undefined)];
    if (!binary) throw new MissingTool('versitygw is not here, nor is Go, which could build it');
    const { manifests } = await render(valueSet('trial'));
    const folder = await mkdtemp(join(tmpdir(), 'lucency-restore-'));
    const postgres = await startPostgres();
    const signIn = await startSignIn();
    let s3 = await startS3({ binary });
    let database = await postgres.createDatabase('lucency');
    const surroundings = (store: S3Server) => ({
      cwd: gatewayFolder,
      env: {
        PATH: `${clients}:${process.env.PATH}`,
        DUMP_FILE: join(folder, 'database.dump'),
        OWNER_DATABASE_URL: database.ownerUrl,
        BLOB_STORE_URL: store.blobStoreUrl,
        BACKUP_BLOB_STORE_URL: `file://${folder}/backups`,
        ...store.credentials,
      },
    });
    try {
      await found(database, signIn.issuer);
      const before = await startPlatform(database, s3, signIn);
      const ids = await submitStudies(before.client, studies);
      const wanted = await viewsOf(before.client, ids);
      if (![...wanted.values()].every((view) => view.startsWith('200 ')))
        return ['an image is not shown at all'];
      await before.stop();
      const rows = await rowCounts(database);
      for (const name of ['lucency-backup-database', 'lucency-backup-blobs']) {
        await runCronJob(manifests, name, surroundings(s3));
      }

      await Promise.all([database.drop(), s3.stop(), rm(join(folder, 'database.dump'))]);
      s3 = await startS3({ binary });
      database = await postgres.createDatabase('lucency');
      // As after an install: tables without rows, and a gateway that already serves.
      await found(database, signIn.issuer);
      const after = await startPlatform(database, s3, signIn);
      const started = Date.now();
      await runCronJob(manifests, 'lucency-restore', surroundings(s3));
      const seconds = (Date.now() - started) / 1000;
      measured.push(`restored ${studies} studies with their images in ${seconds.toFixed(1)} s`);

      const [restored, views] = [await rowCounts(database), await viewsOf(after.client, ids)];
      await after.stop();
      const missing = ids.filter((id) => views.get(id) !== wanted.get(id));
      const otherwise = Object.keys(rows).filter((table) => restored[table] !== rows[table]);
      return [
        ...(missing.length > 0 ? [`${missing.length} of ${studies} studies are not as they were`] : []),
        ...otherwise.map((table) => `${table} has ${restored[table]} rows instead of ${rows[table]}`),
      ];
    } finally {
      await Promise.all([signIn.stop(), s3.stop()]);
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};
