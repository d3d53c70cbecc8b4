import { createHash } from 'node:crypto';
import type { ExpectedContent } from './blob-store.js';
import { BlobMismatch } from './errors.js';

/**
 * Passes a stream on while counting and hashing it. The last chunk is held back until the whole is known to
 * be right, so a store that is told the length in advance can never take a wrong stream for complete.
 * Throws BlobMismatch.
 */
export async function* verified(
  stream: AsyncIterable<Uint8Array>,
  expected: ExpectedContent,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let received = 0;
  let heldBack: Uint8Array | undefined;
  for await (const chunk of stream) {
    received += chunk.byteLength;
    if (received > expected.bytes) throw new BlobMismatch('TOO_LONG', expected, received);
    hash.update(chunk);
    if (heldBack) yield heldBack;
    heldBack = chunk;
  }
  if (received < expected.bytes) throw new BlobMismatch('TOO_SHORT', expected, received);
  if (hash.digest('hex') !== expected.sha256) throw new BlobMismatch('OTHER_CONTENT', expected, received);
  if (heldBack) yield heldBack;
}
