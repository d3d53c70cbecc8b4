import { isUid } from '@lucency/dicom';
import { queryFromInfo } from '@pothos/plugin-prisma';
import { type ResolveCursorConnectionArgs, resolveCursorConnection } from '@pothos/plugin-relay';
import type { Study as StudyRow } from '../../generated/prisma/client.js';
import { revisionOf } from '../../realtime/site-revisions.js';
import { conditionOf, type StudyFilter as ListedStudies } from '../../study/list/study-filter.js';
import { type StudyOrder, studyOrders } from '../../study/list/study-orders.js';
import { type Place, readPage } from '../../study/list/study-page.js';
import { isPrintable, normalizeReference } from '../../submission/reference-text.js';
import { ApiError } from '../api-error.js';
import { builder, defaultPageSize, maxPageSize } from '../builder.js';
import { ReadingState } from '../image/states.js';
import { pageArgumentsWith, pageComplexity } from '../page-arguments.js';
import { Decision } from '../reading/reading.js';
import { Site } from '../site/site.js';
import { Priority, ReviewState, Study } from './study.js';
import { readCursor, writeCursor } from './study-cursor.js';

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

const orders = Object.keys(studyOrders) as [StudyOrder, ...StudyOrder[]];
const StudyOrderEnum = builder.enumType('StudyOrder', {
  description:
    'MOST_URGENT_FIRST puts STAT before routine. In each, studies that have waited longer for a review than their site lets ' +
    'them (`Site.waitingLimitMinutes`) come first, the oldest first, then the most likely pneumonias. What waits for no ' +
    'review comes last.',
  values: orders,
});

/** @throws ApiError */
function filterOf(filter: typeof StudyFilter.$inferInput | null | undefined): ListedStudies {
  const prefix = normalizeReference(filter?.patientReferencePrefix ?? '');
  if (prefix && !isPrintable(prefix)) {
    throw new ApiError('BAD_USER_INPUT', 'A patient reference has printable characters only.');
  }
  const uid = filter?.studyInstanceUid;
  if (typeof uid === 'string' && !isUid(uid)) {
    throw new ApiError('BAD_USER_INPUT', 'A DICOM UID has digits and dots only, at most 64 characters.');
  }
  return {
    siteIds: filter?.siteIds?.map(({ id }) => id),
    readingStates: filter?.readingStates ?? undefined,
    priorities: filter?.priorities ?? undefined,
    decisions: filter?.decisions ?? undefined,
    reviewStates: filter?.reviewStates ?? undefined,
    patientReferencePrefix: prefix,
    studyInstanceUid: uid ?? undefined,
    createdFrom: filter?.createdFrom ?? undefined,
    createdBefore: filter?.createdBefore ?? undefined,
    includeWithdrawn: filter?.includeWithdrawn ?? undefined,
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
  t.connection(
    {
      type: Study,
      validate: pageArgumentsWith((cursor) => readCursor(cursor) !== null),
      args: { filter: t.arg({ type: StudyFilter }), orderBy: t.arg({ type: StudyOrderEnum }) },
      complexity: pageComplexity,
      resolve: async (_root, args, context, info) => {
        const client = await context.reader.open();
        const condition = conditionOf(filterOf(args.filter));
        const start = readCursor(args.after ?? args.before ?? '');
        // The later pages are those of the first one's moment: an order that time changes would repeat or miss studies.
        const at = start?.at ?? new Date();
        const limits = await client.site.findMany({
          where: { id: { in: context.viewer.siteIds } },
          select: { id: true, waitingLimitMinutes: true },
        });
        const stretches = studyOrders[args.orderBy ?? 'NEWEST_FIRST']({
          at,
          limits: limits.map(({ id, waitingLimitMinutes }) => ({ siteId: id, waitingLimitMinutes })),
        });
        const places = new Map<string, Place>();
        return resolveCursorConnection(
          {
            args,
            defaultSize: defaultPageSize,
            maxSize: maxPageSize,
            toCursor: ({ id }: StudyRow) => writeCursor(placeOf(places, id), at),
          },
          async ({ limit, inverted }: ResolveCursorConnectionArgs): Promise<StudyRow[]> => {
            const from = start?.place ?? null;
            const page = await readPage(client, { condition, stretches, limit, from, backwards: inverted });
            for (const place of page) places.set(place.id, place);
            const studies: StudyRow[] = await client.study.findMany({
              ...queryFromInfo({ context, info, path: ['edges', 'node'] }),
              where: { id: { in: page.map(({ id }) => id) } },
            });
            const byId = new Map(studies.map((study) => [study.id, study]));
            return page.flatMap(({ id }) => byId.get(id) ?? []);
          },
        );
      },
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

function placeOf(places: ReadonlyMap<string, Place>, id: string): Place {
  const place = places.get(id);
  if (!place) throw new Error('a study that the page did not read');
  return place;
}
