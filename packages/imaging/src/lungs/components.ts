import type { LungMask } from './mask.js';

/** One connected part of a mask, in pixels. */
export interface Component {
  /** Its number in `labels`, from 1. */
  readonly label: number;
  readonly area: number;
  readonly centre: { readonly x: number; readonly y: number };
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Components {
  /** The component of every pixel, 0 outside. */
  readonly labels: Uint16Array;
  /** The largest first. */
  readonly components: readonly Component[];
}

/** Pixels that touch, corners included, belong together. */
export function componentsOf({ side, bits }: LungMask): Components {
  const labels = new Uint16Array(bits.length);
  const components: Component[] = [];
  for (let start = 0; start < bits.length; start += 1) {
    if (!bits[start] || labels[start]) continue;
    components.push(flood({ side, bits }, labels, start, components.length + 1));
  }
  return { labels, components: components.sort((one, other) => other.area - one.area) };
}

function flood({ side, bits }: LungMask, labels: Uint16Array, start: number, label: number): Component {
  const open = [start];
  labels[start] = label;
  let [area, across, down, top, bottom, left, right] = [0, 0, 0, side, 0, side, 0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [row, column] = [Math.floor(at / side), at % side];
    area += 1;
    across += column;
    down += row;
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    for (let near = Math.max(0, row - 1); near <= Math.min(side - 1, row + 1); near += 1)
      for (let beside = Math.max(0, column - 1); beside <= Math.min(side - 1, column + 1); beside += 1) {
        const next = near * side + beside;
        if (!bits[next] || labels[next]) continue;
        labels[next] = label;
        open.push(next);
      }
  }
  return { label, area, centre: { x: across / area + 0.5, y: down / area + 0.5 }, top, bottom, left, right };
}
