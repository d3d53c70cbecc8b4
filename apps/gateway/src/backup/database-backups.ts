import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import type { BlobStore } from '@lucency/blobs';
import { z } from 'zod';

/** Written after its dump, so that a backup with a note is whole. */
const note = z.object({ bytes: z.int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

export class NoSuchBackup extends Error {
  override name = 'NoSuchBackup';
}

/** Names of whole backups, oldest first; a name is the time it was kept, as 20261125T011700Z. */
export async function listBackups(store: BlobStore): Promise<string[]> {
  const names: string[] = [];
  for await (const { key } of store.list('')) {
    const name = /^(\d{8}T\d{6}Z)\.json$/.exec(key)?.[1];
    if (name) names.push(name);
  }
  return names.sort();
}

/** Keeps the file that pg_dump wrote, and the newest `kept` backups in all. @returns the name of this one */
export async function keepBackup(store: BlobStore, file: string, kept: number, now: Date): Promise<string> {
  const name = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const expected = { bytes: (await stat(file)).size, sha256: await digestOf(file) };
  await store.writeStream(`${name}.dump`, createReadStream(file), expected);
  await store.write(`${name}.json`, Buffer.from(JSON.stringify(note.parse(expected))));
  for (const old of (await listBackups(store)).slice(0, -kept)) {
    await store.delete(`${old}.json`);
    await store.delete(`${old}.dump`);
  }
  return name;
}

/**
 * Writes a backup to a file for pg_restore; `latest` is the newest whole one. @returns its name
 * @throws NoSuchBackup, or an Error when it is not what was kept
 */
export async function fetchBackup(store: BlobStore, wanted: string, file: string): Promise<string> {
  const names = await listBackups(store);
  const name = wanted === 'latest' ? names.at(-1) : names.find((each) => each === wanted);
  if (!name) throw new NoSuchBackup(`there is no backup ${wanted}; there are: ${names.join(', ') || 'none'}`);
  const text = Buffer.from(await store.read(`${name}.json`)).toString('utf8');
  const expected = note.parse(JSON.parse(text));
  const bytes = await store.read(`${name}.dump`);
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== expected.sha256) throw new Error(`the backup ${name} is not what was kept: it is damaged`);
  await writeFile(file, bytes);
  return name;
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
