/** Numbers in [0, 1) that a seed fixes (mulberry32, Ettinger 2017). */
export type Random = () => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Fisher-Yates, in place. */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [items[last], items[other]];
    if (a === undefined || b === undefined) break;
    items[last] = b;
    items[other] = a;
  }
  return items;
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

/** Normally distributed, mean 0, deviation 1 (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One seed out of several numbers, so that what they name can be drawn again alone, in any order. */
export function seedOf(...numbers: readonly number[]): number {
  return numbers.reduce((mixed, number) => {
    const sum = Math.imul(mixed ^ (number + 0x9e3779b9 + (mixed << 6) + (mixed >>> 2)), 0x85ebca6b);
    return (sum ^ (sum >>> 13)) >>> 0;
  }, 0x2545f491);
}
