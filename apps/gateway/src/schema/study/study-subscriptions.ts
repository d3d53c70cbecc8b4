import { asTenant } from '../../database/tenant.js';
import type { ChangeFeed, PendingChange } from '../../realtime/change-feed.js';
import { ApiError } from '../api-error.js';
import { builder } from '../builder.js';
import type { OperationContext } from '../context.js';
import { Study } from './study.js';

const StudiesChange = builder.objectRef<PendingChange>('StudiesChange').implement({
  fields: (t) => ({
    revision: t.string({
      description: "The organization's revision after the change; hand it back as `since` when reconnecting.",
      resolve: async ({ revision }, _args, context) =>
        String(revision > 0 ? revision : await currentRevision(context)),
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
      'when it is behind, the first event says resync.',
    type: StudiesChange,
    args: { since: t.arg.string() },
    subscribe: (_root, { since }, context) => changesSince(context, since ?? null),
    resolve: (change) => change,
  }),
);

/** A feed, not a generator: a generator that waits for its next change cannot be ended from outside. */
async function changesSince(context: OperationContext, since: string | null): Promise<ChangeFeed> {
  const feed = context.deps.hub.subscribe(context.viewer, null);
  // Read after subscribing: a change in between shows twice rather than never.
  const revision = await currentRevision(context).catch(async (error: unknown) => {
    await feed.return();
    throw error;
  });
  if (since !== null && since !== revision.toString()) feed.push({ revision, resync: true, studyIds: [] });
  return feed;
}

async function currentRevision({ deps, viewer }: OperationContext): Promise<number> {
  const found = await asTenant(deps.pool, viewer, (client) =>
    client.query<{ revision: string }>('SELECT revision FROM organization'),
  );
  return Number(found.rows[0]?.revision ?? 0);
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
