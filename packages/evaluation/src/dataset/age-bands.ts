/** Whole years from which each band begins. */
const bands = [
  [0, 'under 1'],
  [1, '1-5'],
  [6, '6-17'],
  [18, '18-39'],
  [40, '40-64'],
  [65, '65 and over'],
] as const;

/** The band of an age in years as a manifest writes it; what is no age is "unknown". */
export function ageBandOf(years: string): string {
  const age = years.trim() === '' ? Number.NaN : Number(years);
  return bands.findLast(([from]) => age >= from)?.[1] ?? 'unknown';
}
