import { layered, smoothNoise } from '@lucency/imaging/drawing';
import type { Random } from '../../random.js';
import type { Scene } from './canvas.js';

/** 1 inside and 0 outside, with an edge as wide as `softness`. */
export function soft(depth: number, softness = 0.02): number {
  return 1 / (1 + Math.exp(-depth / softness));
}

/** An ellipse, 1 inside. */
export function ellipse(
  cx: number,
  cy: number,
  halfWidth: number,
  halfHeight: number,
  softness = 0.03,
): Scene {
  const size = Math.min(halfWidth, halfHeight);
  return (x, y) => soft((1 - Math.hypot((x - cx) / halfWidth, (y - cy) / halfHeight)) * size, softness);
}

/** A limb of soft tissue along a stretch, as bright as what the rays pass through is thick. */
export function flesh(from: readonly [number, number], to: readonly [number, number], radius: number): Scene {
  return (x, y) => {
    const depth = 1 - (distance(x, y, from, to) / radius) ** 2;
    return depth > 0 ? Math.sqrt(depth) : 0;
  };
}

/** A long bone: bright cortex at its edges, darker marrow, thicker at both ends. */
export function bone(from: readonly [number, number], to: readonly [number, number], radius: number): Scene {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  return (x, y) => {
    const along = place(x, y, from, to);
    const flare = 1 + 0.5 * Math.exp(-((along / 0.16) ** 2)) + 0.5 * Math.exp(-(((1 - along) / 0.16) ** 2));
    const wide = Math.min(radius * flare, radius + 0.25 * length);
    const out = distance(x, y, from, to) / wide;
    return soft((1 - out) * wide, 0.008) * (0.6 + 0.4 * Math.min(1, out) ** 4);
  };
}

/** Fine structure of about -1 to 1. */
export function grain(random: Random, scale: number, layers = 4): Scene {
  const noise = layered(smoothNoise(random), layers);
  const [dx, dy] = [random() * 50, random() * 50];
  return (x, y) => noise((x + 1) * scale + dx, (y + 1) * scale + dy);
}

export function sum(scenes: readonly Scene[]): Scene {
  return (x, y) => scenes.reduce((total, scene) => total + scene(x, y), 0);
}

function place(x: number, y: number, from: readonly [number, number], to: readonly [number, number]): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  return Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1)));
}

function distance(
  x: number,
  y: number,
  from: readonly [number, number],
  to: readonly [number, number],
): number {
  const along = place(x, y, from, to);
  return Math.hypot(x - from[0] - along * (to[0] - from[0]), y - from[1] - along * (to[1] - from[1]));
}
