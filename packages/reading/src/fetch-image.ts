import { createHash } from 'node:crypto';
import { BlobNotFound, type BlobStore } from '@lucency/blobs';
import { type ClassifyJob, hopeless, later } from '@lucency/contracts';

export type FetchedImage =
  | { ok: true; bytes: Uint8Array }
  | { ok: false; outcome: ReturnType<typeof later> | ReturnType<typeof hopeless> };

const storeAwayRetrySeconds = 5;

/** Reads the bytes of a job's image and makes sure that they are the ones that were submitted. */
export async function fetchImage(
  blobs: Pick<BlobStore, 'read'>,
  { blobKey, sha256 }: ClassifyJob['image'],
): Promise<FetchedImage> {
  let bytes: Uint8Array;
  try {
    bytes = await blobs.read(blobKey);
  } catch (error) {
    if (error instanceof BlobNotFound)
      return { ok: false, outcome: hopeless('IMAGE_MISSING', 'no such blob') };
    return { ok: false, outcome: later(storeAwayRetrySeconds, `blob store: ${String(error)}`) };
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) return { ok: false, outcome: hopeless('CONTENT_MISMATCH', `SHA-256 is ${found}`) };
  return { ok: true, bytes };
}
