import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { type FileIdentity, fileHead } from './file-meta.js';
import type { Spool } from './spool.js';

/** Why a data set was not kept. */
export type ReceptionFault = 'TOO_LARGE' | 'SPOOL_FULL' | 'SPOOL_FAILED' | 'LENGTHS_DIFFER';

export interface ReceivedFile extends FileIdentity {
  path: string;
  /** Of the whole file. */
  bytes: number;
  /** Of the whole file, lower-case hexadecimal. */
  sha256: string;
}

export interface IncomingFileOptions {
  spool: Spool;
  identity: FileIdentity;
  /** Of the whole file. */
  maxBytes: number;
}

/** Larger than any PDU: the library waits for a drain that never comes when its first write fills the buffer. */
const bufferBytes = 512 * 1024;

/**
 * Writes one data set to the spool as a DICOM file, hashing it on the way. After a fault it takes the rest and keeps
 * nothing, so that the sender gets an answer instead of a broken association.
 */
export class IncomingFile extends Writable {
  readonly #options: IncomingFileOptions;
  readonly #path: string;
  readonly #hash = createHash('sha256');
  #handle: FileHandle | undefined;
  #headBytes = 0;
  #bytes = 0;
  #fault: ReceptionFault | undefined;

  constructor(options: IncomingFileOptions) {
    super({ highWaterMark: bufferBytes });
    this.#options = options;
    this.#path = options.spool.newPath();
  }

  override _construct(callback: (error?: Error | null) => void): void {
    const head = fileHead(this.#options.identity);
    this.#headBytes = head.length;
    open(this.#path, 'wx', 0o600)
      .then((handle) => {
        this.#handle = handle;
        return this.#append(head);
      })
      .catch(() => this.#giveUp('SPOOL_FAILED'))
      .then(() => callback(), callback);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#append(chunk).then(() => callback(), callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#complete()
      .catch(() => this.#giveUp('SPOOL_FAILED'))
      .then(() => callback(), callback);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    // Completed files stay for the gateway; `discard` deletes them.
    const incomplete = this.#handle !== undefined;
    (incomplete ? this.discard() : Promise.resolve()).then(() => callback(error), callback);
  }

  /** @param sentBytes of the data set, as the PDUs told. @returns the file once it is complete, or why it was not kept */
  result(sentBytes: number | undefined): ReceivedFile | { fault: ReceptionFault } {
    if (this.#fault) return { fault: this.#fault };
    if (this.#bytes - this.#headBytes !== sentBytes) return { fault: 'LENGTHS_DIFFER' };
    return {
      ...this.#options.identity,
      path: this.#path,
      bytes: this.#bytes,
      sha256: this.#hash.digest('hex'),
    };
  }

  /** Deletes the file and gives its room back; harmless when repeated. */
  async discard(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#options.spool.release(this.#bytes);
    this.#bytes = 0;
    await handle?.close().catch(() => undefined);
    await rm(this.#path, { force: true }).catch(() => undefined);
  }

  async #append(chunk: Buffer): Promise<void> {
    if (this.#fault || !this.#handle) return;
    const { spool, maxBytes } = this.#options;
    if (this.#bytes + chunk.length > maxBytes) return this.#giveUp('TOO_LARGE');
    if (!spool.reserve(chunk.length)) return this.#giveUp('SPOOL_FULL');
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
    try {
      await this.#handle.writeFile(chunk);
    } catch {
      await this.#giveUp('SPOOL_FAILED');
    }
  }

  async #complete(): Promise<void> {
    const handle = this.#handle;
    if (!handle) return;
    // Delayed writes of a full or failing disk fail here and not while the gateway reads.
    await handle.sync();
    const { size } = await handle.stat();
    this.#handle = undefined;
    await handle.close();
    if (size !== this.#bytes) await this.#giveUp('LENGTHS_DIFFER');
  }

  async #giveUp(fault: ReceptionFault): Promise<void> {
    this.#fault ??= fault;
    await this.discard();
  }
}
