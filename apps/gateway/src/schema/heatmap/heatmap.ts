import { heatmapLegend } from '@lucency/imaging';
import { builder } from '../builder.js';
import { SignedAddress } from '../signed-address.js';

const ColorStop = builder.objectRef<{ position: number; color: string }>('ColorStop').implement({
  fields: (t) => ({
    position: t.exposeFloat('position', { description: 'Share of the peak, 0 to 1.' }),
    color: t.exposeString('color', { description: 'CSS hex colour with alpha: #rrggbbaa.' }),
  }),
});

const HeatmapLegend = builder.objectRef<typeof heatmapLegend>('HeatmapLegend').implement({
  fields: (t) => ({
    colorMap: t.exposeString('colorMap'),
    stops: t.field({
      type: [ColorStop],
      description: 'From the least to the most evidence.',
      resolve: ({ stops }) => [...stops],
    }),
  }),
});

export const Heatmap = builder.prismaNode('Heatmap', {
  id: { field: 'id' },
  nullable: true,
  description: 'Where the model looked.',
  fields: (t) => ({
    address: t.field({
      description: 'A transparent PNG to lay over the image; null once the study was withdrawn.',
      type: SignedAddress,
      nullable: true,
      select: {
        id: true,
        organizationId: true,
        siteId: true,
        image: { select: { study: { select: { withdrawnAt: true } } } },
      },
      resolve: ({ id, organizationId, siteId, image }, _args, { deps }) =>
        image.study.withdrawnAt
          ? null
          : deps.addresses.forViewing({ use: 'heatmap', id, organizationId, siteId }),
    }),
    method: t.exposeString('method'),
    width: t.exposeInt('width'),
    height: t.exposeInt('height'),
    peak: t.exposeFloat('peak', {
      description: 'The top of the colour scale: the largest evidence for pneumonia, in units of the logit.',
    }),
    legend: t.field({ type: HeatmapLegend, resolve: () => heatmapLegend }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
