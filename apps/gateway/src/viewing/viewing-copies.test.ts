import { setTimeout as sleep } from 'node:timers/promises';
import { drawPhantom } from '@lucency/imaging';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ByteCache } from './byte-cache.js';
import { ViewingBusy, ViewingCopies } from './viewing-copies.js';

const phantom = await drawPhantom({ seed: 1, width: 900, height: 700 });
let copies: ViewingCopies;
let reads: number;
let held: number;
let mostHeld: number;

beforeEach(() => {
  copies = new ViewingCopies();
  [reads, held, mostHeld] = [0, 0, 0];
});
afterEach(() => copies.close());

function image(id: string, readMs = 5) {
  const read = async () => {
    reads += 1;
    held += 1;
    mostHeld = Math.max(mostHeld, held);
    await sleep(readMs);
    held -= 1;
    return phantom;
  };
  return { id, bytes: phantom.byteLength, read };
}
const staying = () => new AbortController().signal;

it('makes one copy of an image for all who ask for it, and keeps it', async () => {
  const asked = await Promise.all(Array.from({ length: 60 }, () => copies.of(image('same'), staying())));
  await copies.of(image('same'), staying());
  expect(reads).toBe(1);
  expect(asked[0]).toMatchObject({ ok: true, value: { width: 900, height: 700, mediaType: 'image/jpeg' } });
});

it('reads two originals at a time, whatever many ask for, and says when too many do', async () => {
  const asked = await Promise.allSettled(
    Array.from({ length: 100 }, (_, at) => copies.of(image(`image ${at}`), staying())),
  );
  const rejected = asked.filter((one) => one.status === 'rejected');
  expect(rejected).toHaveLength(34);
  for (const { reason } of rejected) expect(reason).toBeInstanceOf(ViewingBusy);
  expect({ reads, mostHeld }).toEqual({ reads: 66, mostHeld: 2 });
}, 30_000);

it('begins nothing for viewers who have gone, and goes on for those who stay', async () => {
  const blockers = ['one', 'other'].map((id) => copies.of(image(id, 300), staying()));
  const leaving = Array.from({ length: 20 }, () => new AbortController());
  const gone = leaving.map(({ signal }, at) => copies.of(image(`left ${at}`), signal));
  const reload = new AbortController();
  const shared = [copies.of(image('shared'), reload.signal), copies.of(image('shared'), staying())];
  const left = Promise.allSettled(gone);
  for (const viewer of [reload, ...leaving]) viewer.abort(new Error('gone'));
  expect((await left).every(({ status }) => status === 'rejected')).toBe(true);
  await Promise.all([...blockers, shared[1]]);
  expect(reads).toBe(3);
  expect(await copies.of(image('left 1'), staying())).toMatchObject({ ok: true });
});

it('keeps what was used last, up to its bytes', () => {
  const cache = new ByteCache<string>(100);
  for (const key of ['a', 'b', 'c']) cache.set(key, key, 40);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([undefined, 'b', 'c']);
  cache.get('b');
  cache.set('d', 'd', 40);
  expect([cache.get('b'), cache.get('c'), cache.bytes]).toEqual(['b', undefined, 80]);
  cache.set('too large', '', 101);
  expect(cache.get('too large')).toBeUndefined();
});
