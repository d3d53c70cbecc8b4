import { z } from 'zod';

const share = z.number().min(0).max(1);

/** A part of a picture, in shares of the upright original: x and width of its width, y and height of its height. */
export const region = z.object({
  x: share,
  y: share,
  width: share.positive(),
  height: share.positive(),
});
export type Region = z.infer<typeof region>;

/** A place in a picture, in shares of the upright original: x of its width, y of its height. */
export const point = z.object({ x: share, y: share });
export type Point = z.infer<typeof point>;

export const wholePicture: Region = { x: 0, y: 0, width: 1, height: 1 };

/** A part of a part, in shares of the whole. */
export function regionWithin(outer: Region, inner: Region): Region {
  return {
    x: outer.x + inner.x * outer.width,
    y: outer.y + inner.y * outer.height,
    width: inner.width * outer.width,
    height: inner.height * outer.height,
  };
}

/** A place in a part, in shares of the whole. */
export function pointWithin(outer: Region, { x, y }: Point): Point {
  return { x: outer.x + x * outer.width, y: outer.y + y * outer.height };
}
