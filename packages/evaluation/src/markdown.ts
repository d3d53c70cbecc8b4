import type { Interval } from '@lucency/model/card';

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export function figure(value: number, decimals = 3): string {
  return value.toFixed(decimals);
}

/** `0.950 (0.912-0.981)` */
export function withInterval({ value, low, high }: Interval, decimals = 3): string {
  return `${figure(value, decimals)} (${figure(low, decimals)}-${figure(high, decimals)})`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
