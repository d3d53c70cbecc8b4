import { type BlobStore, createBlobStore } from '@lucency/blobs';

export interface BackupStores {
  /** Dumps of the database, each with a note of what it must be. */
  database: BlobStore;
  /** X-rays and heatmaps under their own keys. */
  blobs: BlobStore;
}

/** Opens the place of backups: `file:///backups`, or `s3://bucket/prefix?...`, best in another building. */
export function openBackupStores(url: string): BackupStores {
  return { database: createBlobStore(within(url, 'database')), blobs: createBlobStore(within(url, 'blobs')) };
}

function within(url: string, folder: string): string {
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/${folder}`;
  return address.href;
}
