import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ChangeFeed } from './change-feed.js';
import { RevisionGaps } from './revision-gaps.js';

const change = (revision: number, ...studyIds: string[]) => ({ revision, resync: false, studyIds });

describe('ChangeFeed', () => {
  it('merges what a slow subscriber has not read', async () => {
    const feed = new ChangeFeed(() => undefined);
    feed.push(change(1, 'a'));
    feed.push(change(2, 'b'));
    feed.push(change(3, 'a'));
    expect(await feed.next()).toEqual({ done: false, value: change(3, 'a', 'b') });
  });

  it('asks for a resync instead of growing without bound', async () => {
    const feed = new ChangeFeed(() => undefined, 2);
    feed.push(change(1, 'a', 'b', 'c'));
    expect((await feed.next()).value).toEqual({ revision: 1, resync: true, studyIds: [] });
  });

  it('ends at once while its subscriber waits', async () => {
    let closed = 0;
    const feed = new ChangeFeed(() => {
      closed += 1;
    });
    const next = feed.next();
    await feed.return();
    expect((await next).done).toBe(true);
    expect(closed).toBe(1);
  });
});

describe('RevisionGaps', () => {
  it('tells of a revision that never came, and not of one that came late', async () => {
    const gaps: number[] = [];
    const known = new RevisionGaps((_organization, revision) => gaps.push(revision));
    for (const revision of [5, 7, 6, 8]) known.saw('harbour', revision);
    await sleep(400);
    expect(gaps).toEqual([]);
    known.saw('harbour', 10);
    await sleep(400);
    expect(gaps).toEqual([10]);
    known.close();
  });
});
