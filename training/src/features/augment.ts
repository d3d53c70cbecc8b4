import { inputSize } from '@lucency/model/card';
import { between, normal, type Random } from '../random.js';

/** Float32 `[224, 224, 3]`, RGB, 0-1. */
type Picture = Float32Array;

/**
 * Disturbs what differs between machines and hospitals and says nothing of the lungs: exposure, placement, size,
 * sharpness, noise, and markers (a patch is erased). Strengths after what helped on this data set: gamma e^+-0.6,
 * contrast 0.6-1.5, brightness +-0.2.
 */
export function augment(picture: Picture, random: Random): Picture {
  const placed = place(picture, {
    flip: random() < 0.5,
    zoom: between(random, 0.9, 1.3),
    aspect: between(random, 0.92, 1.08),
    turn: between(random, -0.15, 0.15),
    down: between(random, -0.05, 0.05),
    right: between(random, -0.05, 0.05),
  });
  const sharpness = random() < 0.25 ? soften(placed) : placed;
  const exposed = expose(sharpness, {
    gamma: Math.exp(between(random, -0.6, 0.6)),
    contrast: between(random, 0.6, 1.5),
    brightness: between(random, -0.2, 0.2),
  });
  if (random() < 0.3) addNoise(exposed, between(random, 0.005, 0.03), random);
  if (random() < 0.3) erase(exposed, random);
  return exposed;
}

/** As from another place: an eighth of the border gone and another exposure, for a validation that is harder. */
export function shift(picture: Picture, random: Random): Picture {
  const zoom = 1 / (1 - 2 * 0.12);
  const placed = place(picture, { flip: false, zoom, aspect: 1, turn: 0, down: 0, right: 0 });
  const gamma = Math.exp(random() < 0.5 ? between(random, -0.5, -0.2) : between(random, 0.2, 0.5));
  return expose(placed, {
    gamma,
    contrast: between(random, 0.7, 1.3),
    brightness: between(random, -0.1, 0.1),
  });
}

interface Placement {
  readonly flip: boolean;
  /** Above 1 enlarges. */
  readonly zoom: number;
  /** Width over height. */
  readonly aspect: number;
  /** Radians. */
  readonly turn: number;
  /** Shares of the side. */
  readonly down: number;
  readonly right: number;
}

/** Turned, scaled and moved with linear interpolation; black where nothing was. */
function place(picture: Picture, placement: Placement): Picture {
  const placed = new Float32Array(picture.length);
  const centre = (inputSize - 1) / 2;
  const cos = Math.cos(placement.turn) / placement.zoom;
  const sin = Math.sin(placement.turn) / placement.zoom;
  const mirror = placement.flip ? -1 : 1;
  for (let row = 0; row < inputSize; row++)
    for (let column = 0; column < inputSize; column++) {
      const y = row - centre - placement.down * inputSize;
      const x = ((column - centre - placement.right * inputSize) * mirror) / placement.aspect;
      const top = cos * y - sin * x + centre;
      const left = sin * y + cos * x + centre;
      sample(picture, top, left, placed, (row * inputSize + column) * 3);
    }
  return placed;
}

function sample(from: Picture, top: number, left: number, to: Picture, target: number): void {
  const row = Math.floor(top);
  const column = Math.floor(left);
  for (let dy = 0; dy <= 1; dy++)
    for (let dx = 0; dx <= 1; dx++) {
      const [y, x] = [row + dy, column + dx];
      if (y < 0 || x < 0 || y >= inputSize || x >= inputSize) continue;
      const share = (1 - Math.abs(top - y)) * (1 - Math.abs(left - x));
      for (let channel = 0; channel < 3; channel++)
        to[target + channel] =
          (to[target + channel] ?? 0) + share * (from[(y * inputSize + x) * 3 + channel] ?? 0);
    }
}

/** A 3 x 3 box. */
function soften(picture: Picture): Picture {
  const row = inputSize * 3;
  return picture.map((value, index) => {
    let sum = 0;
    for (const down of [-row, 0, row])
      for (const right of [-3, 0, 3]) sum += picture[index + down + right] ?? value;
    return sum / 9;
  });
}

function expose(
  picture: Picture,
  { gamma, contrast, brightness }: { gamma: number; contrast: number; brightness: number },
): Picture {
  return picture.map((value) => clamp((value ** gamma - 0.5) * contrast + 0.5 + brightness));
}

function addNoise(picture: Picture, deviation: number, random: Random): void {
  for (let pixel = 0; pixel < picture.length; pixel += 3) {
    const noise = deviation * normal(random);
    for (let channel = 0; channel < 3; channel++)
      picture[pixel + channel] = clamp((picture[pixel + channel] ?? 0) + noise);
  }
}

function erase(picture: Picture, random: Random): void {
  const height = Math.round(between(random, 0.05, 0.25) * inputSize);
  const width = Math.round(between(random, 0.05, 0.25) * inputSize);
  const top = Math.floor(random() * (inputSize - height));
  const left = Math.floor(random() * (inputSize - width));
  const grey = random();
  for (let row = top; row < top + height; row++)
    picture.fill(grey, (row * inputSize + left) * 3, (row * inputSize + left + width) * 3);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
