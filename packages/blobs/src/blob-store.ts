export interface BlobEntry {
  key: string;
  bytes: number;
  modifiedAt: Date;
}

/** What a stream must turn out to be: its length in bytes and its SHA-256 in lower-case hex. */
export interface ExpectedContent {
  bytes: number;
  sha256: string;
}

/**
 * Images and heatmaps by key. Nobody ever sees half a blob, and a write
 * that fails leaves what was there before. Every method may throw BlobStoreUnavailable.
 */
export interface BlobStore {
  /** Throws BlobNotFound. */
  read(key: string): Promise<Uint8Array>;
  /** At most so many bytes from the beginning. Throws BlobNotFound. */
  readStart(key: string, bytes: number): Promise<Uint8Array>;
  /** Puts the bytes there, replacing what was. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  /**
   * Puts a stream there if it is what was announced. Reads no further than one chunk beyond the announced
   * length. Throws BlobMismatch, or whatever the stream throws, and then leaves nothing behind.
   */
  writeStream(key: string, stream: AsyncIterable<Uint8Array>, expected: ExpectedContent): Promise<void>;
  /** Does nothing when there is no such key. */
  delete(key: string): Promise<void>;
  /** Every blob whose key begins with the prefix, in no particular order. */
  list(prefix: string): AsyncIterable<BlobEntry>;
}
