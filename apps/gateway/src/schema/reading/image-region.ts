import type { Point, Region } from '@lucency/contracts';
import { builder } from '../builder.js';

export const ImageRegion = builder.objectRef<Region>('ImageRegion').implement({
  description: 'A part of an image, in shares of the upright original, 0 to 1.',
  fields: (t) => ({
    x: t.exposeFloat('x', { description: 'The left edge, in shares of the width.' }),
    y: t.exposeFloat('y', { description: 'The upper edge, in shares of the height.' }),
    width: t.exposeFloat('width'),
    height: t.exposeFloat('height'),
  }),
});

export const ImagePoint = builder.objectRef<Point>('ImagePoint').implement({
  description: 'A place in an image, in shares of the upright original, 0 to 1.',
  fields: (t) => ({
    x: t.exposeFloat('x', { description: 'From the left edge, in shares of the width.' }),
    y: t.exposeFloat('y', { description: 'From the upper edge, in shares of the height.' }),
  }),
});
