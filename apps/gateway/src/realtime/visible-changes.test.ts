import { describe, expect, it } from 'vitest';
import { ChangeFeed } from './change-feed.js';
import { revisionOf, type SiteRevisions } from './site-revisions.js';
import { VisibleChanges } from './visible-changes.js';

const at = (north: number, south = 1): SiteRevisions =>
  new Map([
    ['north', north],
    ['south', south],
  ]);

describe('changes that a person sees', () => {
  it('carry the revision that their sites have reached, in whatever order they are announced', async () => {
    const feed = new ChangeFeed(() => undefined);
    const changes = new VisibleChanges(feed, at(5), async () => at(9));
    feed.push({ revision: 21, resync: false, studyIds: ['b'], sites: new Map([['north', 7]]) });
    feed.push({ revision: 20, resync: false, studyIds: ['a'], sites: new Map([['north', 6]]) });
    expect((await changes.next()).value).toEqual({
      revision: revisionOf(at(7)),
      resync: false,
      studyIds: ['b', 'a'],
    });
  });

  it('leave a client behind after an announcement that does not tell the sites, so that it reads again', async () => {
    const feed = new ChangeFeed(() => undefined);
    const changes = new VisibleChanges(feed, at(5), async () => at(9));
    feed.push({ revision: 20, resync: false, studyIds: ['a'] });
    expect((await changes.next()).value).toMatchObject({ revision: revisionOf(at(5)), studyIds: ['a'] });
  });

  it('are to be read again after a loss, but only where something has changed', async () => {
    const feed = new ChangeFeed(() => undefined);
    let current = at(5);
    const changes = new VisibleChanges(feed, at(5), async () => current);
    const next = changes.next();
    feed.push({ revision: 30, resync: true, studyIds: [] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    current = at(6);
    feed.push({ revision: 31, resync: true, studyIds: [] });
    expect((await next).value).toEqual({ revision: revisionOf(at(6)), resync: true, studyIds: [] });
  });

  it('begin with reading again for a client that is behind', async () => {
    const feed = new ChangeFeed(() => undefined);
    const changes = new VisibleChanges(feed, null, async () => at(5));
    feed.push({ revision: 0, resync: true, studyIds: [] });
    expect((await changes.next()).value).toMatchObject({ revision: revisionOf(at(5)), resync: true });
  });
});
