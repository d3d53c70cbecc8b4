import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type FileHandle, mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobEntry, BlobStore, ExpectedContent } from './blob-store.js';
import { BlobNotFound, BlobStoreUnavailable } from './errors.js';
import { checkKey, checkPrefix } from './key.js';
import { verified } from './verified-stream.js';

/** Unfinished writes; no key begins with a dot, so none can be in here. */
const scratchName = '.unfinished';

/** X-rays are for the account that runs the services, and for nobody else on the machine. */
const privateFile = 0o600;
const privateFolder = 0o700;

/** Keeps blobs as files below `root`. */
export function createDiskStore(root: string): BlobStore {
  mkdirSync(join(root, scratchName), { recursive: true, mode: privateFolder });
  const pathOf = (key: string) => join(root, checkKey(key));

  async function writeChunks(key: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    const path = pathOf(key);
    const scratch = join(root, scratchName, randomBytes(12).toString('hex'));
    // Fails when the root is gone (a volume that was unmounted) instead of filling the disk below it.
    const file = await onDisk(root, () => open(scratch, 'wx', privateFile));
    try {
      try {
        for await (const chunk of chunks) await onDisk(root, () => file.write(chunk));
        await onDisk(root, () => file.sync());
      } finally {
        await file.close();
      }
      await onDisk(root, async () => {
        await mkdir(dirname(path), { recursive: true, mode: privateFolder });
        await rename(scratch, path);
        await syncFolder(dirname(path));
      });
    } catch (error) {
      await rm(scratch, { force: true });
      throw error;
    }
  }

  async function fromDisk(key: string, read: (path: string) => Promise<Uint8Array>): Promise<Uint8Array> {
    const path = pathOf(key);
    try {
      return await read(path);
    } catch (error) {
      if (isCode(error, 'ENOENT') && (await exists(root))) throw new BlobNotFound(key);
      throw new BlobStoreUnavailable('reading failed', error);
    }
  }

  return {
    read: (key) => fromDisk(key, (path) => readFile(path)),
    readStart: (key, bytes) => fromDisk(key, (path) => startOf(path, bytes)),
    write: (key, bytes) => writeChunks(key, [bytes]),
    writeStream: (key, stream, expected: ExpectedContent) => writeChunks(key, verified(stream, expected)),
    async delete(key) {
      const path = pathOf(key);
      await onDisk(root, () => rm(path, { force: true }));
    },
    list: (prefix) => listFiles(root, checkPrefix(prefix)),
  };
}

async function startOf(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const start = new Uint8Array(bytes);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes; length += read)
      read = (await file.read(start, length, bytes - length, length)).bytesRead;
    return start.subarray(0, length);
  } finally {
    await file.close();
  }
}

async function* listFiles(root: string, prefix: string): AsyncGenerator<BlobEntry> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const pending = [folder];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const entry of await entriesOf(root, current)) {
      const key = current + entry.name;
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory) {
        if (`${key}/`.startsWith(prefix) || prefix.startsWith(`${key}/`)) pending.push(`${key}/`);
      } else if (key.startsWith(prefix)) {
        const found = await statOrGone(join(root, key));
        if (found) yield { key, bytes: found.size, modifiedAt: found.mtime };
      }
    }
  }
}

async function entriesOf(root: string, folder: string): Promise<{ name: string; isDirectory: boolean }[]> {
  try {
    const entries = [];
    for await (const entry of await opendir(join(root, folder))) {
      entries.push({ name: entry.name, isDirectory: entry.isDirectory() });
    }
    return entries;
  } catch (error) {
    if (isCode(error, 'ENOENT') && (await exists(root))) return [];
    throw new BlobStoreUnavailable('listing failed', error);
  }
}

/** A file may be deleted between being listed and being looked at. */
async function statOrGone(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw new BlobStoreUnavailable('listing failed', error);
  }
}

/** Without this a power cut may lose the name although the bytes are safe. */
async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | undefined;
  try {
    folder = await open(path, 'r');
    await folder.sync();
  } finally {
    await folder?.close();
  }
}

async function onDisk<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new BlobStoreUnavailable(`writing below ${root} failed`, error);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
