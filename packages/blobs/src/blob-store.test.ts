import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findS3Server, startS3 } from '@lucency/dev-stack';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from './blob-store.js';
import { createBlobStore } from './create-blob-store.js';
import { BlobMismatch, BlobNotFound, BlobStoreUnavailable, InvalidBlobKey } from './errors.js';

interface OpenStore {
  url: string;
  close(): Promise<void>;
}

/** Every promise of the interface, held to each store. */
function contract(open: () => Promise<OpenStore>) {
  let opened: OpenStore;
  let store: BlobStore;
  let folder: string;

  beforeAll(async () => {
    opened = await open();
    store = createBlobStore(opened.url);
  });
  afterAll(() => opened?.close());
  beforeEach(() => {
    folder = `test-${randomBytes(6).toString('hex')}`;
  });

  const keysBelow = async (prefix: string) => {
    const keys = [];
    for await (const { key } of store.list(prefix)) keys.push(key);
    return keys.sort();
  };

  it('gives back the bytes that were written', async () => {
    const bytes = randomBytes(300_000);
    await store.write(`${folder}/image`, bytes);
    expect(Buffer.compare(await store.read(`${folder}/image`), bytes)).toBe(0);
  });

  it('reads the beginning alone, and all of what is shorter', async () => {
    const bytes = randomBytes(300_000);
    await store.write(`${folder}/image`, bytes);
    const start = await store.readStart(`${folder}/image`, 1_000);
    expect(Buffer.compare(start, bytes.subarray(0, 1_000))).toBe(0);
    expect((await store.readStart(`${folder}/image`, 1_000_000)).length).toBe(300_000);
    await expect(store.readStart(`${folder}/none`, 10)).rejects.toBeInstanceOf(BlobNotFound);
  });

  it('replaces what was there', async () => {
    await store.write(`${folder}/image`, Buffer.from('one, and longer'));
    await store.write(`${folder}/image`, Buffer.from('two'));
    expect(Buffer.from(await store.read(`${folder}/image`)).toString()).toBe('two');
  });

  it('says when there is no such blob', async () => {
    await expect(store.read(`${folder}/none`)).rejects.toBeInstanceOf(BlobNotFound);
  });

  it('deletes, and does not mind when there is nothing to delete', async () => {
    await store.write(`${folder}/image`, Buffer.from('x'));
    await store.delete(`${folder}/image`);
    await store.delete(`${folder}/image`);
    await expect(store.read(`${folder}/image`)).rejects.toBeInstanceOf(BlobNotFound);
  });

  it('lists by the beginning of the key, with size and time', async () => {
    await store.write(`${folder}/a/one`, Buffer.from('12345'));
    await store.write(`${folder}/a/two`, Buffer.from('x'));
    await store.write(`${folder}/ab`, Buffer.from('x'));
    expect(await keysBelow(`${folder}/a/`)).toEqual([`${folder}/a/one`, `${folder}/a/two`]);
    expect(await keysBelow(`${folder}/a`)).toHaveLength(3);
    expect(await keysBelow(`${folder}/none/`)).toEqual([]);
    for await (const entry of store.list(`${folder}/a/one`)) {
      expect(entry.bytes).toBe(5);
      expect(Math.abs(Date.now() - entry.modifiedAt.getTime())).toBeLessThan(60_000);
    }
  });

  it.each(['../out', 'a/../../out', '/etc/passwd', 'a//b', '', '.hidden', 'a/./b', 'a\\b', 'a\0b', 'a%2e'])(
    'refuses the key %j, which could lead out of the store',
    async (key) => {
      await expect(Promise.resolve().then(() => store.read(key))).rejects.toBeInstanceOf(InvalidBlobKey);
      await expect(Promise.resolve().then(() => store.write(key, Buffer.from('x')))).rejects.toBeInstanceOf(
        InvalidBlobKey,
      );
    },
  );

  describe('with a stream', () => {
    const bytes = randomBytes(1_000_000);
    const expected = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    async function* inChunks(source: Uint8Array): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < source.length; at += 65_536) yield source.subarray(at, at + 65_536);
    }

    it('stores what is as announced', async () => {
      await store.writeStream(`${folder}/image`, inChunks(bytes), expected);
      expect(Buffer.compare(await store.read(`${folder}/image`), bytes)).toBe(0);
    });

    it('stores an empty one', async () => {
      const empty = { bytes: 0, sha256: createHash('sha256').digest('hex') };
      await store.writeStream(`${folder}/empty`, inChunks(Buffer.alloc(0)), empty);
      expect(await store.read(`${folder}/empty`)).toHaveLength(0);
    });

    it.each([
      ['TOO_LONG', Buffer.concat([bytes, Buffer.from('x')])],
      ['TOO_SHORT', bytes.subarray(0, -1)],
      ['OTHER_CONTENT', Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])])],
    ] as const)('leaves nothing behind when it is %s', async (difference, sent) => {
      const writing = store.writeStream(`${folder}/image`, inChunks(sent), expected);
      await expect(writing).rejects.toBeInstanceOf(BlobMismatch);
      await expect(writing).rejects.toMatchObject({ difference });
      expect(await keysBelow(folder)).toEqual([]);
    });

    it('stops reading at the limit', async () => {
      let chunks = 0;
      async function* endless(): AsyncGenerator<Uint8Array> {
        for (;;) {
          chunks += 1;
          yield bytes.subarray(0, 65_536);
        }
      }
      await expect(store.writeStream(`${folder}/image`, endless(), expected)).rejects.toBeInstanceOf(
        BlobMismatch,
      );
      expect(chunks).toBe(Math.floor(bytes.length / 65_536) + 1);
    });

    it('keeps the blob that was there when the stream breaks off', async () => {
      await store.write(`${folder}/image`, Buffer.from('before'));
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield bytes.subarray(0, 65_536);
        throw new Error('connection lost');
      }
      await expect(store.writeStream(`${folder}/image`, broken(), expected)).rejects.toThrow(
        'connection lost',
      );
      expect(Buffer.from(await store.read(`${folder}/image`)).toString()).toBe('before');
    });
  });
}

describe('a folder on disk', () => {
  const root = mkdtempSync(join(tmpdir(), 'lucency-blobs-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  contract(async () => ({ url: pathToFileURL(root).href, close: async () => undefined }));

  it('shows nothing to other accounts of the machine', async () => {
    const store = createBlobStore(pathToFileURL(root).href);
    await store.write('organization/image', Buffer.from('x'));
    for (const path of ['organization', 'organization/image', '.unfinished']) {
      expect(statSync(join(root, path)).mode & 0o077).toBe(0);
    }
  });

  it('leaves no unfinished file', () => {
    expect(readdirSync(join(root, '.unfinished'))).toEqual([]);
  });

  it('says that it is away when its volume is, and works when it is back', async () => {
    const store = createBlobStore(pathToFileURL(root).href);
    await store.write('kept', Buffer.from('x'));
    renameSync(root, `${root}-away`);
    try {
      await expect(store.read('kept')).rejects.toBeInstanceOf(BlobStoreUnavailable);
      await expect(store.write('new', Buffer.from('x'))).rejects.toBeInstanceOf(BlobStoreUnavailable);
      expect(existsSync(root)).toBe(false);
    } finally {
      renameSync(`${root}-away`, root);
    }
    expect(await store.read('kept')).toHaveLength(1);
  });

  it('says that it is away when it cannot write', async () => {
    const store = createBlobStore(pathToFileURL(root).href);
    mkdirSync(join(root, 'taken'));
    await expect(store.write('taken', Buffer.from('x'))).rejects.toBeInstanceOf(BlobStoreUnavailable);
  });
});

const s3Binary = await findS3Server().catch(() => undefined);

describe.skipIf(!s3Binary)(
  `a bucket${s3Binary ? '' : ' (skipped: no versitygw on this machine, and no Go to build it)'}`,
  () => {
    contract(async () => {
      const server = await startS3({ binary: s3Binary ?? '' });
      Object.assign(process.env, server.credentials);
      return { url: server.blobStoreUrl, close: () => server.stop() };
    });

    it('says that it is away when nobody answers', async () => {
      const store = createBlobStore('s3://lucency?endpoint=http://127.0.0.1:9&region=x&forcePathStyle=1');
      await expect(store.read('kept')).rejects.toBeInstanceOf(BlobStoreUnavailable);
    });
  },
);

it('refuses an address of another kind', () => {
  expect(() => createBlobStore('ftp://somewhere')).toThrow(/file:\/\/\/folder or s3/);
});
