import { fileURLToPath } from 'node:url';
import type { BlobStore } from './blob-store.js';
import { createDiskStore } from './disk-store.js';
import { createS3Store, type S3Location } from './s3-store.js';

/**
 * Opens the store that an address names:
 * `file:///var/lib/lucency/blobs`, or
 * `s3://bucket/prefix?endpoint=http://127.0.0.1:7070&region=eu-west-1&forcePathStyle=1`.
 * Throws TypeError for any other address.
 */
export function createBlobStore(url: string): BlobStore {
  const address = new URL(url);
  if (address.protocol === 'file:') return createDiskStore(fileURLToPath(address));
  if (address.protocol === 's3:') return createS3Store(readS3Location(address));
  throw new TypeError(`A blob store is file:///folder or s3://bucket/prefix, not ${address.protocol}`);
}

function readS3Location(address: URL): S3Location {
  const bucket = address.hostname;
  if (!bucket) throw new TypeError('The address of an S3 store names a bucket: s3://bucket/prefix');
  const path = address.pathname.replace(/^\/+|\/+$/g, '');
  return {
    bucket,
    prefix: path === '' ? '' : `${path}/`,
    endpoint: address.searchParams.get('endpoint') ?? undefined,
    region: address.searchParams.get('region') ?? process.env.AWS_REGION ?? 'us-east-1',
    forcePathStyle: address.searchParams.get('forcePathStyle') === '1',
  };
}
