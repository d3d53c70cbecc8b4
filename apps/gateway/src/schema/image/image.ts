import { builder } from '../builder.js';
import { Heatmap } from '../heatmap/heatmap.js';
import { Reading } from '../reading/reading.js';
import { SignedAddress } from '../signed-address.js';

const latest = { orderBy: { createdAt: 'desc' }, take: 1 } as const;

export const Image = builder.prismaNode('Image', {
  id: { field: 'id' },
  nullable: true,
  fields: (t) => ({
    width: t.exposeInt('width', {
      nullable: true,
      description: 'Pixels of the original; null until it was decoded.',
    }),
    height: t.exposeInt('height', { nullable: true }),
    address: t.field({
      description: 'A re-encoded copy without metadata; null once the study was withdrawn.',
      type: SignedAddress,
      nullable: true,
      select: { id: true, organizationId: true, siteId: true, study: { select: { withdrawnAt: true } } },
      resolve: ({ id, organizationId, siteId, study }, _args, { deps }) =>
        study.withdrawnAt ? null : deps.addresses.forViewing({ use: 'image', id, organizationId, siteId }),
    }),
    reading: t.field({
      type: Reading,
      nullable: true,
      select: (_args, _context, nested) => ({ readings: nested(latest) }),
      resolve: ({ readings }) => readings[0] ?? null,
    }),
    heatmap: t.field({
      type: Heatmap,
      nullable: true,
      select: (_args, _context, nested) => ({ heatmaps: nested(latest) }),
      resolve: ({ heatmaps }) => heatmaps[0] ?? null,
    }),
  }),
});
