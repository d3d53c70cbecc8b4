import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const suffix = '.part';

/**
 * The folder of files that are arriving. It belongs to one process and holds nothing that anybody was promised: a sender
 * has its answer only after the gateway has the bytes, so what a killed process left behind is deleted at the next start.
 */
export class Spool {
  readonly #dir: string;
  readonly #maxBytes: number;
  #bytes = 0;

  private constructor(dir: string, maxBytes: number) {
    this.#dir = dir;
    this.#maxBytes = maxBytes;
  }

  static async open(dir: string, maxBytes: number): Promise<Spool> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const leftBehind = (await readdir(dir)).filter((name) => name.endsWith(suffix));
    await Promise.all(leftBehind.map((name) => rm(join(dir, name), { force: true })));
    return new Spool(dir, maxBytes);
  }

  /** Of all files that are arriving or on their way to the gateway. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A name that says nothing about what is in the file. */
  newPath(): string {
    return join(this.#dir, `${randomUUID()}${suffix}`);
  }

  /** @returns whether there is room for so many bytes more; they are taken then */
  reserve(bytes: number): boolean {
    if (this.#bytes + bytes > this.#maxBytes) return false;
    this.#bytes += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}
