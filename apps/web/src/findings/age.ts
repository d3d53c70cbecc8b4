/** Whole months in words: 26 is "2 years 2 months"; short "2 y 2 mo". */
export function ageInWords(months: number | null | undefined, style: 'long' | 'short' = 'long'): string {
  if (months === null || months === undefined) return style === 'long' ? 'Age not given' : 'not given';
  const years = Math.floor(months / 12);
  const rest = months % 12;
  const parts: string[] = [];
  if (years > 0) parts.push(style === 'long' ? plural(years, 'year') : `${years} y`);
  if (rest > 0 || years === 0) parts.push(style === 'long' ? plural(rest, 'month') : `${rest} mo`);
  return parts.join(' ');
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
