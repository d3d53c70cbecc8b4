/** Least, tenths and largest, 11 values; between the values measured the quantile goes in a straight line. */
export function spreadOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return Array.from({ length: 11 }, (_, tenth) => {
    const place = (tenth / 10) * (sorted.length - 1);
    const [below = Number.NaN, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return rounded(below + (above - below) * (place - Math.floor(place)));
  });
}

/**
 * Milliseconds of processor time, of all threads of this process together, in each of so many rounds. Unlike the time
 * that passes it does not grow while other programs have the cores; what they leave in the caches it still feels.
 */
export async function computed(rounds: number, work: () => Promise<unknown>): Promise<number[]> {
  const milliseconds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    milliseconds.push((user + system) / 1000);
  }
  return milliseconds;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
