import { type LungsResult, lungsResult } from '@lucency/contracts';
import { builder } from '../builder.js';
import { ImagePoint, ImageRegion } from './image-region.js';

export const Lungs = builder.objectRef<LungsResult>('Lungs').implement({
  description: 'The lungs that were found in an image before it was read.',
  fields: (t) => ({
    box: t.field({
      description: 'The smallest rectangle around both.',
      type: ImageRegion,
      resolve: ({ box }) => box,
    }),
    coverage: t.exposeFloat('coverage', { description: 'Share of the image that they cover, 0 to 1.' }),
    confidence: t.exposeFloat('confidence', {
      description: 'Mean probability of the pixels taken for lung, above 0.5 to 1.',
    }),
    mask: t.exposeString('mask', {
      description:
        '28 x 28 cells over the image, row by row from the upper left, a bit each (1 is lung), the highest bit of a ' +
        'byte first, base64.',
    }),
    outline: t.field({
      description:
        'Closed lines around them, and around what they leave out, to draw over the image; each goes on from its last ' +
        'point to its first. Empty where none were drawn.',
      type: t.listRef(t.listRef(ImagePoint)),
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ outline }) => outline,
    }),
    evidenceInside: t.exposeFloat('evidenceInside', {
      description:
        'Share of the evidence for pneumonia that lies in the lungs or right beside them, 0 to 1; null when nothing ' +
        'speaks for it.',
      nullable: true,
    }),
  }),
});

/** What Postgres holds of it. */
export function lungsOf(stored: unknown): LungsResult | null {
  return stored === null ? null : lungsResult.parse(stored);
}
