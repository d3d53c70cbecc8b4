import type { Picture } from './picture.js';

/** Where a picture is looked at. Shares are of its side. */
export interface Placement {
  /** Cut off each edge; below 0 something is put around. */
  readonly crop: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Radians, clockwise. */
  readonly turn: number;
  readonly flip: boolean;
  /** What lies outside: the nearest edge's shade, or this one. */
  readonly outside: 'edge' | number;
}

export const untouched: Placement = {
  crop: { left: 0, right: 0, top: 0, bottom: 0 },
  turn: 0,
  flip: false,
  outside: 0,
};

/** The same cut off all four edges. */
export function cropAll(share: number): Placement['crop'] {
  return { left: share, right: share, top: share, bottom: share };
}

/** Cropped, turned, mirrored and brought to `side` pixels with linear interpolation. */
export function place(picture: Picture, placement: Placement, side: number): Picture {
  const { crop, turn, flip, outside } = placement;
  const placed = new Float32Array(side * side);
  const width = 1 - crop.left - crop.right;
  const height = 1 - crop.top - crop.bottom;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let row = 0; row < side; row++) {
    const up = (row + 0.5) / side - 0.5;
    for (let column = 0; column < side; column++) {
      const across = (flip ? side - 1 - column + 0.5 : column + 0.5) / side - 0.5;
      const x = crop.left + width * (cos * across + sin * up + 0.5);
      const y = crop.top + height * (cos * up - sin * across + 0.5);
      placed[row * side + column] = shadeAt(picture, y * picture.side - 0.5, x * picture.side - 0.5, outside);
    }
  }
  return { side, shades: placed };
}

function shadeAt({ side, shades }: Picture, y: number, x: number, outside: 'edge' | number): number {
  const top = Math.floor(y);
  const left = Math.floor(x);
  const down = y - top;
  const right = x - left;
  let one: number;
  let two: number;
  let three: number;
  let four: number;
  // Nearly every place lies inside, where nothing has to be looked up twice.
  if (top >= 0 && left >= 0 && top < side - 1 && left < side - 1) {
    const at = top * side + left;
    one = shades[at] ?? 0;
    two = shades[at + 1] ?? 0;
    three = shades[at + side] ?? 0;
    four = shades[at + side + 1] ?? 0;
  } else {
    const picture = { side, shades };
    one = shadeNear(picture, top, left, outside);
    two = shadeNear(picture, top, left + 1, outside);
    three = shadeNear(picture, top + 1, left, outside);
    four = shadeNear(picture, top + 1, left + 1, outside);
  }
  const above = one * (1 - right) + two * right;
  const below = three * (1 - right) + four * right;
  return above * (1 - down) + below * down;
}

function shadeNear({ side, shades }: Picture, row: number, column: number, outside: 'edge' | number): number {
  const within = row >= 0 && column >= 0 && row < side && column < side;
  if (!within && outside !== 'edge') return outside;
  return shades[bound(row, side) * side + bound(column, side)] ?? 0;
}

function bound(index: number, side: number): number {
  return Math.min(side - 1, Math.max(0, index));
}
