import { parseEnvironment } from '@lucency/service-kit';
import { z } from 'zod';
import { keepBackup } from './backup/database-backups.js';
import { openBackupStores } from './backup/stores.js';

/** Keeps what pg_dump has written, where backups are, and forgets the oldest. */
const { BACKUP_BLOB_STORE_URL, DUMP_FILE, BACKUPS_KEPT } = parseEnvironment(
  z.object({
    BACKUP_BLOB_STORE_URL: z.url(),
    DUMP_FILE: z.string().min(1),
    BACKUPS_KEPT: z.coerce.number().int().min(1),
  }),
  process.env,
);
const { database } = openBackupStores(BACKUP_BLOB_STORE_URL);
process.stdout.write(`kept ${await keepBackup(database, DUMP_FILE, BACKUPS_KEPT, new Date())}\n`);
