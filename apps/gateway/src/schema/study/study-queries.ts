import { isUid } from '@lucency/dicom';
import type { Prisma } from '../../generated/prisma/client.js';
import { revisionOf } from '../../realtime/site-revisions.js';
import { whereReadingState } from '../../study/stored-state.js';
import { isPrintable, normalizeReference } from '../../submission/reference-text.js';
import { ApiError } from '../api-error.js';
import { builder, defaultPageSize, maxPageSize } from '../builder.js';
import { ReadingState } from '../image/states.js';
import { pageArguments } from '../page-arguments.js';
import { Decision } from '../reading/reading.js';
import { Site } from '../site/site.js';
import { Priority, ReviewState, Study } from './study.js';

const StudyFilter = builder.inputType('StudyFilter', {
  fields: (t) => ({
    siteIds: t.globalIDList({ for: Site }),
    readingStates: t.field({ type: [ReadingState] }),
    priorities: t.field({ type: [Priority] }),
    decisions: t.field({ type: [Decision] }),
    reviewStates: t.field({ type: [ReviewState] }),
    patientReferencePrefix: t.string({ description: 'Patient references that start with this.' }),
    studyInstanceUid: t.string({
      description:
        'Studies of this DICOM Study Instance UID; give the site, too, to find the one that late images join.',
    }),
    createdFrom: t.field({ type: 'DateTime' }),
    createdBefore: t.field({ type: 'DateTime' }),
    includeWithdrawn: t.boolean({ description: 'Withdrawn studies are left out unless this is true.' }),
  }),
});

const orders = {
  NEWEST_FIRST: [{ createdAt: 'desc' }, { id: 'desc' }],
  OLDEST_FIRST: [{ createdAt: 'asc' }, { id: 'asc' }],
  MOST_URGENT_FIRST: [
    { priority: 'asc' },
    { probability: { sort: 'desc', nulls: 'last' } },
    { createdAt: 'asc' },
    { id: 'asc' },
  ],
  HIGHEST_PROBABILITY_FIRST: [{ probability: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
} satisfies Record<string, Prisma.StudyOrderByWithRelationInput[]>;
type Order = keyof typeof orders;

const StudyOrder = builder.enumType('StudyOrder', { values: Object.keys(orders) as [Order, ...Order[]] });

/** The highest character that a patient reference may hold, to end the range of a prefix. */
const afterAll = '\u{10ffff}';

function whereOf(filter: typeof StudyFilter.$inferInput | null | undefined): Prisma.StudyWhereInput {
  const prefix = normalizeReference(filter?.patientReferencePrefix ?? '');
  if (prefix && !isPrintable(prefix)) {
    throw new ApiError('BAD_USER_INPUT', 'A patient reference has printable characters only.');
  }
  const uid = filter?.studyInstanceUid;
  if (typeof uid === 'string' && !isUid(uid)) {
    throw new ApiError('BAD_USER_INPUT', 'A DICOM UID has digits and dots only, at most 64 characters.');
  }
  return {
    ...(typeof uid === 'string' && { studyInstanceUid: uid }),
    ...(filter?.siteIds && { siteId: { in: filter.siteIds.map(({ id }) => id) } }),
    ...(filter?.readingStates && whereReadingState(filter.readingStates)),
    ...(filter?.priorities && { priority: { in: filter.priorities } }),
    ...(filter?.reviewStates && { reviewState: { in: filter.reviewStates } }),
    ...(filter?.decisions && { decision: { in: filter.decisions } }),
    ...(prefix && { patientReference: { gte: prefix, lt: `${prefix}${afterAll}` } }),
    createdAt: {
      ...(filter?.createdFrom && { gte: filter.createdFrom }),
      ...(filter?.createdBefore && { lt: filter.createdBefore }),
    },
    ...(!filter?.includeWithdrawn && { withdrawnAt: null }),
  };
}

builder.queryField('study', (t) =>
  t.prismaField({
    type: Study,
    nullable: true,
    args: { id: t.arg.globalID({ required: true, for: Study }) },
    resolve: async (query, _root, { id }, { reader }) =>
      (await reader.open()).study.findUnique({ ...query, where: { id: id.id } }),
  }),
);

builder.queryField('studies', (t) =>
  t.prismaConnection(
    {
      type: Study,
      cursor: 'id',
      maxSize: maxPageSize,
      validate: pageArguments,
      args: { filter: t.arg({ type: StudyFilter }), orderBy: t.arg({ type: StudyOrder }) },
      complexity: ({ first, last }) => ({
        field: 5,
        multiplier: Math.min(maxPageSize, first ?? last ?? defaultPageSize) / 5,
      }),
      resolve: async (query, _root, { filter, orderBy }, { reader }) =>
        (await reader.open()).study.findMany({
          ...query,
          where: whereOf(filter),
          orderBy: orders[orderBy ?? 'NEWEST_FIRST'],
        }),
    },
    {
      name: 'StudyConnection',
      fields: (connection) => ({
        revision: connection.string({
          description:
            'What this page shows of the sites that the viewer sees; hand it to studiesChanged as `since`. Nothing can be ' +
            'read from it, and it changes with those sites alone.',
          resolve: async (_connection, _args, { reader, viewer }) => {
            const client = await reader.open();
            const sites = await client.site.findMany({
              where: { id: { in: viewer.siteIds } },
              select: { id: true, revision: true },
            });
            return revisionOf(new Map(sites.map(({ id, revision }) => [id, Number(revision)])));
          },
        }),
      }),
    },
    { name: 'StudyEdge' },
  ),
);
