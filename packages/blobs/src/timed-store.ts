import type { BlobStore } from './blob-store.js';
import { BlobNotFound } from './errors.js';

export type TimedOperation = 'read' | 'write' | 'writeStream' | 'delete';

export interface BlobCall {
  operation: TimedOperation;
  outcome: 'ok' | 'absent' | 'error';
  seconds: number;
}

/** The same store, telling of each call but listings, which are as long as whoever reads them. */
export function timedBlobStore(store: BlobStore, tell: (call: BlobCall) => void): BlobStore {
  async function timed<T>(operation: TimedOperation, call: () => Promise<T>): Promise<T> {
    const started = performance.now();
    let outcome: BlobCall['outcome'] = 'error';
    try {
      const result = await call();
      outcome = 'ok';
      return result;
    } catch (error) {
      if (error instanceof BlobNotFound) outcome = 'absent';
      throw error;
    } finally {
      tell({ operation, outcome, seconds: (performance.now() - started) / 1000 });
    }
  }
  return {
    read: (key) => timed('read', () => store.read(key)),
    readStart: (key, bytes) => timed('read', () => store.readStart(key, bytes)),
    write: (key, bytes) => timed('write', () => store.write(key, bytes)),
    writeStream: (key, stream, expected) =>
      timed('writeStream', () => store.writeStream(key, stream, expected)),
    delete: (key) => timed('delete', () => store.delete(key)),
    list: (prefix) => store.list(prefix),
  };
}
