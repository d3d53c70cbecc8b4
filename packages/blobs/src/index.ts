export type { BlobEntry, BlobStore, ExpectedContent } from './blob-store.js';
export { createBlobStore } from './create-blob-store.js';
export {
  BlobMismatch,
  BlobNotFound,
  BlobStoreUnavailable,
  type Difference,
  InvalidBlobKey,
} from './errors.js';
export { type BlobCall, type TimedOperation, timedBlobStore } from './timed-store.js';
