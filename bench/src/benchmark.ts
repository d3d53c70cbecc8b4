/** One line of a result: what was measured, in which unit, and what it is held against. */
export interface Measurement {
  name: string;
  value: number;
  unit: string;
}

export interface BenchmarkResult {
  measurements: Measurement[];
  /** What a person reads. */
  text: string;
}

export interface Benchmark {
  name: string;
  about: string;
  run(progress: (text: string) => void): Promise<BenchmarkResult>;
}

/** Rows of text in columns: the first left, the others right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('   '),
    )
    .join('\n');
}

/** The p-th quantile of the values, p in [0, 1], by nearest rank. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}
