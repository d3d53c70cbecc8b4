import { builder, maxPageSize } from '../builder.js';
import { pageArguments, pageComplexity } from '../page-arguments.js';
import { Site } from '../site/site.js';
import { Delivery, DeliveryContent, DeliveryState } from './delivery.js';
import { Destination } from './destination.js';

const DeliveryFilter = builder.inputType('DeliveryFilter', {
  fields: (t) => ({
    siteIds: t.globalIDList({ for: Site }),
    destinationIds: t.globalIDList({ for: Destination }),
    states: t.field({ type: [DeliveryState] }),
    contents: t.field({ type: [DeliveryContent] }),
  }),
});

builder.queryField('destinations', (t) =>
  t.prismaField({
    description: 'Where the results of the sites that the viewer sees go, by site and name.',
    type: [Destination],
    args: { siteIds: t.arg.globalIDList({ for: Site }) },
    resolve: async (query, _root, { siteIds }, { reader }) =>
      (await reader.open()).destination.findMany({
        ...query,
        where: siteIds ? { siteId: { in: siteIds.map(({ id }) => id) } } : {},
        orderBy: [{ siteId: 'asc' }, { name: 'asc' }],
      }),
  }),
);

builder.queryField('deliveries', (t) =>
  t.prismaConnection({
    description: 'What was sent or is to be sent, the newest first.',
    type: Delivery,
    cursor: 'id',
    maxSize: maxPageSize,
    validate: pageArguments,
    args: { filter: t.arg({ type: DeliveryFilter }) },
    complexity: pageComplexity,
    resolve: async (query, _root, { filter }, { reader }) =>
      (await reader.open()).delivery.findMany({
        ...query,
        where: {
          ...(filter?.siteIds && { siteId: { in: filter.siteIds.map(({ id }) => id) } }),
          ...(filter?.destinationIds && { destinationId: { in: filter.destinationIds.map(({ id }) => id) } }),
          ...(filter?.states && { state: { in: filter.states } }),
          ...(filter?.contents && { content: { in: filter.contents } }),
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      }),
  }),
);
