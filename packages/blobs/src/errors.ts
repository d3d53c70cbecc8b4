import type { ExpectedContent } from './blob-store.js';

export class BlobNotFound extends Error {
  override name = 'BlobNotFound';
  readonly key: string;

  constructor(key: string) {
    super(`there is no blob ${key}`);
    this.key = key;
  }
}

export type Difference = 'TOO_LONG' | 'TOO_SHORT' | 'OTHER_CONTENT';

const differences: Record<Difference, string> = {
  TOO_LONG: 'more bytes came than were announced',
  TOO_SHORT: 'fewer bytes came than were announced',
  OTHER_CONTENT: 'the bytes have another SHA-256 than was announced',
};

/** A stream was not what had been announced. */
export class BlobMismatch extends Error {
  override name = 'BlobMismatch';
  readonly difference: Difference;
  readonly expected: ExpectedContent;
  /** What had come by then; of a stream that was too long only the beginning. */
  readonly receivedBytes: number;

  constructor(difference: Difference, expected: ExpectedContent, receivedBytes: number) {
    super(`${differences[difference]} (${receivedBytes} of ${expected.bytes} bytes)`);
    this.difference = difference;
    this.expected = expected;
    this.receivedBytes = receivedBytes;
  }
}

/** The store cannot be reached or cannot write now; trying again later may help. */
export class BlobStoreUnavailable extends Error {
  override name = 'BlobStoreUnavailable';

  constructor(what: string, cause: unknown) {
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** A key that no store accepts: a bug of the caller, or an attempt to get out of the store. */
export class InvalidBlobKey extends Error {
  override name = 'InvalidBlobKey';

  constructor(key: string) {
    super(`not a blob key: ${JSON.stringify(key.slice(0, 100))}`);
  }
}
