import { shownMethod } from '@lucency/contracts';
import { ImageView as imageViews } from '../../generated/prisma/enums.js';
import { deriveImageState, type ImageFacts } from '../../study/image-state.js';
import { builder } from '../builder.js';
import { Heatmap } from '../heatmap/heatmap.js';
import { Reading } from '../reading/reading.js';
import { Reason, reasonOf } from '../reason/reason.js';
import { addressFor, SignedAddress } from '../signed-address.js';
import { ImageMediaType, mediaTypeOf } from './media-type.js';
import { ExplanationState, ReadingState } from './states.js';

export const ImageView = builder.enumType(imageViews, {
  name: 'ImageView',
  description:
    'Which way an image shows the patient, as its sender says. LATERAL and OTHER, which is whatever else is no frontal ' +
    'view of the chest, are kept and shown and not read; of UNKNOWN the gate decides.',
});

/** What the states of an image are derived from. */
const facts = {
  view: true,
  tasks: { select: { kind: true, method: true, state: true, reason: true, dispatchedAt: true } },
} as const;

type Selected = Pick<ImageFacts, 'view'> & {
  tasks: (Omit<ImageFacts['tasks'][number], 'dispatched'> & { dispatchedAt: Date | null })[];
};

function stateOf({ view, tasks }: Selected) {
  return deriveImageState({
    view,
    tasks: tasks.map(({ dispatchedAt, ...task }) => ({ ...task, dispatched: dispatchedAt !== null })),
  });
}

const viewed = {
  id: true,
  organizationId: true,
  siteId: true,
  study: { select: { withdrawnAt: true } },
} as const;

const latest = { orderBy: { createdAt: 'desc' }, take: 1 } as const;
const latestShown = { where: { method: shownMethod }, ...latest } as const;

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
      description:
        'A re-encoded copy without metadata; null once the study was withdrawn, and for auditors. Fetching it is audited.',
      type: SignedAddress,
      nullable: true,
      select: viewed,
      resolve: ({ study, ...image }, _args, context) =>
        study.withdrawnAt ? null : addressFor(context, 'image', image),
    }),
    originalAddress: t.field({
      description:
        'The file as it was submitted, with whatever its header says of the patient, for those who have the role SERVICE at ' +
        'its site; null for all others, and once the study was withdrawn. Fetching it is audited.',
      type: SignedAddress,
      nullable: true,
      select: viewed,
      resolve: ({ study, ...image }, _args, context) =>
        study.withdrawnAt || !context.viewer.servedSiteIds.includes(image.siteId)
          ? null
          : addressFor(context, 'original', image),
    }),
    mediaType: t.field({
      type: ImageMediaType,
      description: 'Of the file as it was submitted.',
      select: { mediaType: true },
      resolve: ({ mediaType }) => mediaTypeOf(mediaType),
    }),
    view: t.expose('view', { type: ImageView }),
    seriesInstanceUid: t.exposeString('seriesInstanceUid', { nullable: true }),
    sopInstanceUid: t.exposeString('sopInstanceUid', { nullable: true }),
    readingState: t.field({
      type: ReadingState,
      select: facts,
      resolve: (image) => stateOf(image).readingState,
    }),
    readingReason: t.field({
      description: 'Why the image was REFUSED, why reading it FAILED, or why it is NOT_READ.',
      type: Reason,
      nullable: true,
      select: facts,
      resolve: (image) => reasonOf(stateOf(image).readingReason),
    }),
    explanationState: t.field({
      type: ExplanationState,
      select: facts,
      resolve: (image) => stateOf(image).explanationState,
    }),
    explanationReason: t.field({
      description: 'Why the heatmap of this image was WITHHELD or why drawing it FAILED.',
      type: Reason,
      nullable: true,
      select: facts,
      resolve: (image) => reasonOf(stateOf(image).explanationReason),
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
      select: (_args, _context, nested) => ({ heatmaps: nested(latestShown) }),
      resolve: ({ heatmaps }) => heatmaps[0] ?? null,
    }),
  }),
});
