import type { Comparison } from './compare.ts';
import { factsOf } from './html.ts';
import type { Report } from './report.ts';

/** The same for a terminal. */
export function renderText(report: Report, comparison: readonly Comparison[] | undefined): string {
  const verdict = report.verdict.map(({ what, wanted, measured, ok, decides }) => [
    ok ? 'met' : decides ? 'MISSED' : 'missed, only shown',
    what,
    wanted,
    measured,
  ]);
  const compared = (comparison ?? []).map(({ what, median, p95 }) => [
    what,
    ...[median.before, median.now, median.ratio, p95.before, p95.now, p95.ratio].map((value, index) =>
      index % 3 === 2 ? value.toFixed(2) : String(Math.round(value)),
    ),
  ]);
  return [
    columns([['', 'what', 'wanted', 'measured'], ...verdict]),
    '',
    ...factsOf(report),
    ...(comparison
      ? ['', columns([['ms', 'median before', 'now', 'ratio', 'p95 before', 'now', 'ratio'], ...compared])]
      : []),
    '',
    `${report.load} ${report.passed ? 'passed' : 'FAILED'}`,
  ].join('\n');
}

/** Rows of text in columns. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
