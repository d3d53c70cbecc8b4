import { heatmapLegend } from '@lucency/imaging';
import { Presentation as presentations } from '../../generated/prisma/enums.js';
import { builder } from '../builder.js';
import { addressFor, SignedAddress } from '../signed-address.js';

const Presentation = builder.enumType(presentations, { name: 'Presentation' });

const ColorStop = builder.objectRef<{ position: number; color: string }>('ColorStop').implement({
  fields: (t) => ({
    position: t.exposeFloat('position', { description: 'Share of `scaleTop`, 0 to 1.' }),
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
      description:
        'A transparent PNG to lay over the image; null once the study was withdrawn or the heatmap withheld, and for ' +
        'auditors. Fetching it is audited.',
      type: SignedAddress,
      nullable: true,
      select: {
        id: true,
        organizationId: true,
        siteId: true,
        presentation: true,
        image: { select: { study: { select: { withdrawnAt: true } } } },
      },
      resolve: ({ presentation, image, ...heatmap }, _args, context) =>
        image.study.withdrawnAt || presentation === 'WITHHELD'
          ? null
          : addressFor(context, 'heatmap', heatmap),
    }),
    method: t.exposeString('method'),
    width: t.exposeInt('width'),
    height: t.exposeInt('height'),
    peak: t.exposeFloat('peak', {
      description: 'The largest evidence for pneumonia, in units of the logit.',
    }),
    scaleTop: t.float({
      description: 'The evidence drawn in the strongest colour, in units of the logit; the peak or more.',
      select: { scaleTop: true, peak: true },
      resolve: ({ scaleTop, peak }) => scaleTop ?? peak,
    }),
    insertion: t.exposeFloat('insertion', {
      nullable: true,
      description: 'How the answer comes back as the marked places are shown, 0 to 1; null until measured.',
    }),
    deletion: t.exposeFloat('deletion', {
      nullable: true,
      description: 'How much of the answer stays as they are hidden, 0 to 1; null until measured.',
    }),
    presentation: t.expose('presentation', {
      type: Presentation,
      nullable: true,
      description:
        'Follows from how far showing and hiding its places moves the answer: CAUTIOUS when it explains little, WITHHELD when it explains ' +
        'nothing; null until measured.',
    }),
    legend: t.field({ type: HeatmapLegend, resolve: () => heatmapLegend }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
