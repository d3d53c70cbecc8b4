import { createBlobStore } from '@lucency/blobs';
import { createLogger, parseEnvironment } from '@lucency/service-kit';
import { z } from 'zod';
import { copyMissing } from './backup/copy-missing.js';
import { openBackupStores } from './backup/stores.js';

/** Copies the blobs that the backup lacks; with --back, those that the store lacks. */
const { BLOB_STORE_URL, BACKUP_BLOB_STORE_URL } = parseEnvironment(
  z.object({ BLOB_STORE_URL: z.url(), BACKUP_BLOB_STORE_URL: z.url() }),
  process.env,
);
const store = createBlobStore(BLOB_STORE_URL);
const backup = openBackupStores(BACKUP_BLOB_STORE_URL).blobs;
const back = process.argv.includes('--back');
const { copied, bytes, present, failures } = await (back
  ? copyMissing(backup, store)
  : copyMissing(store, backup));
process.stdout.write(
  `${copied} blobs copied (${bytes} bytes), ${present} were there, ${failures.length} failed\n`,
);
const log = createLogger({ service: 'copy-blobs' });
for (const error of failures.slice(0, 10)) log.error({ error }, 'a blob could not be copied');
process.exitCode = failures.length > 0 ? 1 : 0;
