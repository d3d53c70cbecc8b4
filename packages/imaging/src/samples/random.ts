/** Numbers in [0, 1) that repeat for the same seed (mulberry32, T. Ettinger 2017, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Smooth noise in about -1 to 1 over the plane; one unit of x or y is one blob. */
export type Noise = (x: number, y: number) => number;

const latticeSide = 64;

/** Value noise: random heights on a lattice, blended with a smooth step. */
export function smoothNoise(random: () => number): Noise {
  const heights = Float32Array.from({ length: latticeSide ** 2 }, () => random() * 2 - 1);
  const height = (column: number, row: number) =>
    heights[(row & (latticeSide - 1)) * latticeSide + (column & (latticeSide - 1))] ?? 0;
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const across = smoothStep(x - column);
    const down = smoothStep(y - row);
    const above = height(column, row) + (height(column + 1, row) - height(column, row)) * across;
    const below = height(column, row + 1) + (height(column + 1, row + 1) - height(column, row + 1)) * across;
    return above + (below - above) * down;
  };
}

/** Sums ever finer and fainter layers of a noise, as clouds and lung markings look. */
export function layered(noise: Noise, layers: number): Noise {
  return (x, y) => {
    let sum = 0;
    for (let layer = 0; layer < layers; layer += 1) sum += noise(x * 2 ** layer, y * 2 ** layer) / 2 ** layer;
    return sum / 2;
  };
}

function smoothStep(part: number): number {
  return part * part * (3 - 2 * part);
}
