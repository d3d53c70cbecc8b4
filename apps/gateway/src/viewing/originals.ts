import type { BlobStore } from '@lucency/blobs';
import { ViewingBusy } from './viewing-copies.js';

/** Whole files in memory at once, of 50 MiB each; whoever needs a header asks for the beginning. */
const mostWhole = 4;
const mostStart = 4 * 1024 ** 2;

export interface OriginalBytes {
  bytes: Uint8Array;
  /** Only the beginning was asked for. */
  isStart: boolean;
}

/** Files as they came, or their beginnings, for programs that read them at their own risk. */
export class Originals {
  readonly #blobs: BlobStore;
  #whole = 0;

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  /**
   * @param range of the request; any but one of a beginning is answered with everything (RFC 9110, 14.2)
   * @throws ViewingBusy or what the store throws
   */
  async of(blobKey: string, range: string | undefined): Promise<OriginalBytes> {
    const start = startOf(range);
    if (start !== null) return { bytes: await this.#blobs.readStart(blobKey, start), isStart: true };
    if (this.#whole >= mostWhole) throw new ViewingBusy(`${mostWhole} originals are being read already`);
    this.#whole += 1;
    try {
      return { bytes: await this.#blobs.read(blobKey), isStart: false };
    } finally {
      this.#whole -= 1;
    }
  }
}

function startOf(range: string | undefined): number | null {
  const last = /^bytes=0-(\d{1,9})$/.exec(range ?? '')?.[1];
  const bytes = last === undefined ? 0 : Number(last) + 1;
  return bytes > 0 && bytes <= mostStart ? bytes : null;
}
