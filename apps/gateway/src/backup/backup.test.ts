import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BlobStore, createBlobStore } from '@lucency/blobs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyMissing } from './copy-missing.js';
import { fetchBackup, keepBackup, listBackups, NoSuchBackup } from './database-backups.js';
import { openBackupStores } from './stores.js';

let folder: string;
const storeAt = (name: string): BlobStore => createBlobStore(`file://${folder}/${name}`);
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute));

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lucency-backup-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('backups of the database', () => {
  const dump = () => path.join(folder, 'dump');

  it('brings back the newest, or the one that is named', async () => {
    const { database } = openBackupStores(`file://${folder}/backups`);
    for (const minute of [1, 2]) {
      await writeFile(dump(), `of minute ${minute}`);
      await keepBackup(database, dump(), 9, at(minute));
    }
    expect(await fetchBackup(database, 'latest', dump())).toBe('20260101T100200Z');
    expect(await readFile(dump(), 'utf8')).toBe('of minute 2');
    await fetchBackup(database, '20260101T100100Z', dump());
    expect(await readFile(dump(), 'utf8')).toBe('of minute 1');
    await expect(fetchBackup(database, '20260101T100300Z', dump())).rejects.toThrow(NoSuchBackup);
  });

  it('keeps as many as were asked for', async () => {
    const store = storeAt('backups');
    await writeFile(dump(), 'content');
    for (const minute of [1, 2, 3]) await keepBackup(store, dump(), 2, at(minute));
    expect(await listBackups(store)).toEqual(['20260101T100200Z', '20260101T100300Z']);
    await expect(store.read('20260101T100100Z.dump')).rejects.toThrow();
  });

  it('refuses one that was damaged since, and passes over one that was never finished', async () => {
    const store = storeAt('backups');
    await writeFile(dump(), 'content');
    const name = await keepBackup(store, dump(), 9, at(1));
    await store.write('20260101T100500Z.dump', Buffer.from('half'));
    expect(await fetchBackup(store, 'latest', dump())).toBe(name);
    await store.write(`${name}.dump`, Buffer.from('Content'));
    await expect(fetchBackup(store, 'latest', dump())).rejects.toThrow('damaged');
  });
});

describe('copyMissing', () => {
  it('copies what is missing or cut short, once, and deletes nothing', async () => {
    const [from, to] = [storeAt('from'), storeAt('to')];
    for (const key of ['a/1', 'a/2', 'b/3']) await from.write(key, Buffer.from(`content of ${key}`));
    await to.write('a/2', Buffer.from('content'));
    await to.write('gone/4', Buffer.from('swept at the source'));
    expect(await copyMissing(from, to)).toMatchObject({ copied: 3, present: 0, failures: [] });
    expect(await copyMissing(from, to)).toMatchObject({ copied: 0, present: 3, failures: [] });
    expect(Buffer.from(await to.read('a/2')).toString()).toBe('content of a/2');
    expect(Buffer.from(await to.read('gone/4')).toString()).toBe('swept at the source');
  });

  it('copies the others when one cannot be read, and says so', async () => {
    const from = storeAt('from');
    for (const key of ['a/1', 'a/2']) await from.write(key, Buffer.from(key));
    const failing: BlobStore = {
      ...from,
      list: (prefix) => from.list(prefix),
      read: (key) => (key === 'a/1' ? Promise.reject(new Error('unreadable')) : from.read(key)),
    };
    const { copied, failures } = await copyMissing(failing, storeAt('to'));
    expect(copied).toBe(1);
    expect(failures).toHaveLength(1);
  });
});
