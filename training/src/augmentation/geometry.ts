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
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [down, right] = [y - top, x - left];
  const at = (row: number, column: number): number => {
    const within = row >= 0 && column >= 0 && row < side && column < side;
    if (!within && outside !== 'edge') return outside;
    const [r, c] = within ? [row, column] : [bound(row, side), bound(column, side)];
    return shades[r * side + c] ?? 0;
  };
  const above = at(top, left) * (1 - right) + at(top, left + 1) * right;
  const below = at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right;
  return above * (1 - down) + below * down;
}

function bound(index: number, side: number): number {
  return Math.min(side - 1, Math.max(0, index));
}
