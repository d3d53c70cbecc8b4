/** Of the standard normal distribution: 95 % lie within. */
const z = 1.96;

/** Upper bound of the 95 % interval of a share, after Wilson 1927; 1 when nothing was counted. */
export function upperBound(count: number, of: number): number {
  if (of === 0) return 1;
  const share = count / of;
  const middle = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return Math.min(1, (middle + spread) / (1 + (z * z) / of));
}
