import { parseEnvironment } from '@lucency/service-kit';
import { z } from 'zod';
import { fetchBackup } from './backup/database-backups.js';
import { openBackupStores } from './backup/stores.js';

/** Brings a backup of the database to a file for pg_restore. */
const { BACKUP_BLOB_STORE_URL, DUMP_FILE, BACKUP } = parseEnvironment(
  z.object({
    BACKUP_BLOB_STORE_URL: z.url(),
    DUMP_FILE: z.string().min(1),
    BACKUP: z.string().default('latest'),
  }),
  process.env,
);
const { database } = openBackupStores(BACKUP_BLOB_STORE_URL);
process.stdout.write(`fetched ${await fetchBackup(database, BACKUP, DUMP_FILE)}\n`);
