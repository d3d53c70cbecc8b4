import { deliveryFailure, deliveryFailures } from '@lucency/contracts';
import { DeliveryContent as contents, DeliveryState as states } from '../../generated/prisma/enums.js';
import { builder } from '../builder.js';
import { Image } from '../image/image.js';
import { Reason } from '../reason/reason.js';
import { Review } from '../review/review.js';
import { Destination } from './destination.js';

export const DeliveryContent = builder.enumType(contents, {
  name: 'DeliveryContent',
  description:
    'RESULT: a reading, or why the image was refused. HEATMAP: once it was checked and may be shown. REVIEW: what a person ' +
    'signed. ECHO: a greeting that a person asked for, without any data of patients.',
});

export const DeliveryState = builder.enumType(states, {
  name: 'DeliveryState',
  description:
    'PENDING: to be sent, or in hand. FAILED: given up, until somebody retries it. CANCELLED: its study was withdrawn before it ' +
    'was sent.',
});

const known = deliveryFailure.optional().catch(undefined);

export const Delivery = builder.prismaNode('Delivery', {
  id: { field: 'id' },
  description: 'One thing to be sent to one destination.',
  fields: (t) => ({
    destination: t.relation('destination', { type: Destination }),
    content: t.expose('content', { type: DeliveryContent }),
    state: t.expose('state', { type: DeliveryState }),
    reason: t.field({
      type: Reason,
      nullable: true,
      description: 'Why it was not delivered when it was last tried.',
      select: { reason: true },
      resolve: ({ reason }) => {
        const code = known.parse(reason ?? undefined);
        return code ? { code, message: deliveryFailures[code].sentence } : null;
      },
    }),
    tries: t.exposeInt('tries'),
    nextTryAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Of a pending one: when it is due, or when it is offered again if whoever has it in hand says nothing.',
      select: { state: true, dueAt: true },
      resolve: ({ state, dueAt }) => (state === 'PENDING' ? dueAt : null),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    settledAt: t.expose('settledAt', { type: 'DateTime', nullable: true }),
    study: t.relation('study', { nullable: true, description: 'Null of an echo.' }),
    image: t.relation('image', { type: Image, nullable: true }),
    review: t.prismaField({
      type: Review,
      nullable: true,
      description: 'What a person signed, of a REVIEW.',
      select: { content: true, sourceId: true },
      resolve: async (query, { content, sourceId }, _args, { reader }) =>
        content === 'REVIEW'
          ? (await reader.open()).review.findUnique({ ...query, where: { id: sourceId } })
          : null,
    }),
    viewerCanRetry: t.boolean({
      select: { siteId: true, state: true, content: true },
      resolve: ({ siteId, state, content }, _args, { viewer }) =>
        viewer.administeredSiteIds.includes(siteId) &&
        content !== 'ECHO' &&
        (state === 'FAILED' || state === 'PENDING'),
    }),
  }),
});
