import { createHash } from 'node:crypto';
import { type BlobEntry, BlobNotFound, type BlobStore } from '@lucency/blobs';

export interface Copied {
  /** Blobs that were copied now. */
  copied: number;
  bytes: number;
  /** Blobs that were there already. */
  present: number;
  /** Errors of blobs that could not be copied; the others were. */
  failures: unknown[];
}

const copiesAtOnce = 8;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * Copies what the second store lacks, or has in another length, and reads each copy back: it counts when its SHA-256 is
 * that of what was read. Deletes nothing. Holds a few blobs of 50 MB at most in memory.
 */
export async function copyMissing(from: BlobStore, to: BlobStore): Promise<Copied> {
  const there = new Map<string, number>();
  for await (const { key, bytes } of to.list('')) there.set(key, bytes);
  const result: Copied = { copied: 0, bytes: 0, present: 0, failures: [] };

  const copy = async ({ key, bytes: length }: BlobEntry) => {
    if (there.get(key) === length) {
      result.present += 1;
      return;
    }
    try {
      const bytes = await from.read(key);
      const digest = sha256(bytes);
      await to.writeStream(key, asStream(bytes), { bytes: bytes.length, sha256: digest });
      if (sha256(await to.read(key)) !== digest) throw new Error(`the copy of ${key} reads otherwise`);
      result.copied += 1;
      result.bytes += bytes.length;
    } catch (error) {
      // Swept since it was listed.
      if (!(error instanceof BlobNotFound)) result.failures.push(error);
    }
  };

  const entries = from.list('')[Symbol.asyncIterator]();
  const copyOn = async () => {
    for (let next = await entries.next(); !next.done; next = await entries.next()) await copy(next.value);
  };
  await Promise.all(Array.from({ length: copiesAtOnce }, copyOn));
  return result;
}

async function* asStream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
