import { asTenant } from '../../database/tenant.js';
import type { ChangeFeed } from '../../realtime/change-feed.js';
import { revisionOf, type SiteRevisions } from '../../realtime/site-revisions.js';
import { type VisibleChange, VisibleChanges } from '../../realtime/visible-changes.js';
import { ApiError } from '../api-error.js';
import { builder } from '../builder.js';
import type { OperationContext } from '../context.js';
import { Study } from './study.js';

const StudiesChange = builder.objectRef<VisibleChange>('StudiesChange').implement({
  fields: (t) => ({
    revision: t.exposeString('revision', {
      description:
        'What the viewer has seen of their sites after the change; hand it back as `since` when reconnecting.',
    }),
    resync: t.exposeBoolean('resync', {
      description: 'True when changes may have been missed: read the list again.',
    }),
    studies: t.prismaField({
      type: [Study],
      resolve: async (query, { studyIds }, _args, { reader }) =>
        (await reader.open()).study.findMany({ ...query, where: { id: { in: studyIds } } }),
    }),
  }),
});

builder.subscriptionField('studiesChanged', (t) =>
  t.field({
    description:
      'Fires after recorded changes of studies the viewer may see. `since` is the last revision the client knows; ' +
      'unless it is the latest, the first event says resync.',
    type: StudiesChange,
    args: { since: t.arg.string() },
    subscribe: (_root, { since }, context) => changesSince(context, since ?? null),
    resolve: (change) => change,
  }),
);

async function changesSince(context: OperationContext, since: string | null): Promise<VisibleChanges> {
  const feed = context.deps.hub.subscribe(context.viewer, null);
  try {
    // Read after subscribing: a change in between shows twice rather than never.
    const sites = await currentSites(context);
    const isBehind = since !== null && since !== revisionOf(sites);
    if (isBehind) feed.push({ revision: 0, resync: true, studyIds: [] });
    return new VisibleChanges(feed, isBehind ? null : sites, () => currentSites(context));
  } catch (error) {
    await feed.return();
    throw error;
  }
}

async function currentSites({ deps, viewer }: OperationContext): Promise<SiteRevisions> {
  const found = await asTenant(deps.pool, viewer, (client) =>
    client.query<{ id: string; revision: string }>('SELECT id, revision FROM site WHERE id = ANY ($1)', [
      viewer.siteIds,
    ]),
  );
  return new Map(found.rows.map(({ id, revision }) => [id, Number(revision)]));
}

builder.subscriptionField('studyChanged', (t) =>
  t.prismaField({
    description: 'Fires at once with the study as it is, then after each recorded change of it.',
    type: Study,
    args: { id: t.arg.globalID({ required: true, for: Study }) },
    subscribe: (_root, { id }, context) => changesOf(context, id.id),
    resolve: async (query, _change, { id }, { reader }) => {
      const study = await (await reader.open()).study.findUnique({ ...query, where: { id: id.id } });
      if (!study) throw new ApiError('NOT_FOUND', 'There is no such study.');
      return study;
    },
  }),
);

function changesOf({ deps, viewer }: OperationContext, studyId: string): ChangeFeed {
  const feed = deps.hub.subscribe(viewer, studyId);
  feed.push({ revision: 0, resync: false, studyIds: [studyId] });
  return feed;
}
