import { escapeText } from '@lucency/plots';
import type { Comparison, Pair } from './compare.ts';
import type { Report } from './report.ts';

const style = `
  :root { color-scheme: light dark; --page: #fff; --ink: #222; --quiet: #666; --grid: #e4e4e4; --good: #2b8a3e; --bad: #c92a2a; }
  @media (prefers-color-scheme: dark) { :root { --page: #1a1b1e; --ink: #ddd; --quiet: #999; --grid: #33353a; --good: #69db7c; --bad: #ff8787; } }
  body { font: 15px/1.5 system-ui, sans-serif; background: var(--page); color: var(--ink); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { margin-bottom: 0; } small, .quiet { color: var(--quiet); fill: var(--quiet); }
  .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
  th, td { text-align: right; padding: .25rem .75rem; border-bottom: 1px solid var(--grid); white-space: nowrap; }
  th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: normal; }
  .verdict td:nth-child(2) { text-align: left; white-space: normal; min-width: 9rem; }
  .good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
  svg { width: 100%; height: auto; margin: 1rem 0; }`;

export interface Page {
  report: Report;
  /** Figures as SVG. */
  plots: readonly string[];
  comparison?: { with: Report; rows: readonly Comparison[] } | undefined;
}

/** One page that needs nothing else. */
export function renderPage({ report, plots, comparison }: Page): string {
  const { load, startedAt, minutes, capacity, machine, k6, passed } = report;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Load test ${escapeText(load)}: ${passed ? 'passed' : 'failed'}</title><style>${style}</style></head><body>
<h1>${escapeText(load)}: <span class="${passed ? 'good' : 'bad'}">${passed ? 'passed' : 'failed'}</span></h1>
<p class="quiet">${escapeText(startedAt)}, ${minutes} min, rates as multiples of ${capacity} studies a second.
${escapeText(machine)}. ${escapeText(k6)}.</p>
<h2>Verdict</h2>
${verdictTable(report)}
<h2>Times</h2>
${timesTable(report)}
<p>${factsOf(report).map(escapeText).join('<br>')}</p>
${comparison ? `<h2>Compared with ${escapeText(comparison.with.startedAt)}</h2>\n${comparisonTable(comparison.rows)}` : ''}
<h2>Over time</h2>
${plots.join('\n')}
</body></html>
`;
}

/** What has no table of its own, as sentences. */
export function factsOf({ rates, turnedAway, errors, dropped, oracle, services }: Report): string[] {
  const counts = (what: Record<string, number>) =>
    Object.entries(what)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ') || 'none';
  return [
    `${oracle.acknowledged} studies acknowledged, ${rates.acknowledged.toFixed(1)} a second; at most ${rates.mostRead.toFixed(1)} a second read over 20 s.`,
    `Ends: ${counts(oracle.states)}. There though no client was told: ${oracle.untold}.`,
    `Turned away: ${counts(turnedAway)}. Errors: ${counts(errors)}. Arrivals the generator could not start: ${dropped}.`,
    ...Object.entries(services).map(
      ([name, { usualMiB, mostMiB, computingMsPerStudy }]) =>
        `${name}: ${usualMiB} MiB, at most ${mostMiB}; ${computingMsPerStudy} ms of processor time for each study.`,
    ),
  ];
}

function verdictTable({ verdict }: Report): string {
  const rows = verdict.map(({ what, wanted, measured, ok, decides }) => [
    ok ? '<span class="good">met</span>' : decides ? '<span class="bad">missed</span>' : '<small>missed, only shown</small>',
    escapeText(what),
    escapeText(wanted),
    escapeText(measured),
  ]);
  return table(['', '', 'wanted', 'measured'], rows, 'verdict');
}

function timesTable({ times }: Report): string {
  const rows = Object.entries(times).map(([name, { count, median, p95, p99, max }]) => [
    escapeText(name),
    String(count),
    ...[median, p95, p99, max].map((ms) => String(Math.round(ms))),
  ]);
  return table(['ms', 'count', 'median', 'p95', 'p99', 'most'], rows);
}

function comparisonTable(rows: readonly Comparison[]): string {
  const cells = ({ before, now, ratio }: Pair) => [
    String(Math.round(before)),
    String(Math.round(now)),
    ratio.toFixed(2),
  ];
  return table(
    ['ms', 'median before', 'now', 'ratio', 'p95 before', 'now', 'ratio'],
    rows.map(({ what, median, p95 }) => [escapeText(what), ...cells(median), ...cells(p95)]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[], name = ''): string {
  const line = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<div class="wide"><table class="${name}">${line(head, 'th')}\n${rows.map((row) => line(row, 'td')).join('\n')}</table></div>`;
}
