import { overTime } from '@lucency/plots';
import { describe, expect, it } from 'vitest';
import { compare } from './compare.ts';
import { renderPage } from './html.ts';
import { mostAtOnce, type Report, reportSchema } from './report.ts';
import { renderText } from './text.ts';

const figures = (median: number, p95: number) => ({ count: 10, median, p95, p99: p95, max: p95 });

function report(times: Report['times'], passed = true): Report {
  return {
    load: 'smoke',
    startedAt: '2026-11-25T00:00:00.000Z',
    minutes: 1,
    capacity: 8,
    machine: '2 cores',
    k6: 'k6 v1.8.1',
    passed,
    verdict: [
      { what: 'upload <acknowledged>', wanted: '< 500 ms', measured: '620 ms of 9', ok: passed, decides: true },
    ],
    times,
    rates: { acknowledged: 1, mostRead: 2 },
    turnedAway: { BUSY: 3 },
    errors: {},
    services: {},
    dropped: 0,
    oracle: { acknowledged: 9, lost: 0, doubled: 0, open: 0, untold: 0, states: { CLASSIFIED: 9 } },
  };
}

describe('the comparison', () => {
  it('takes a report of before services were in it', () => {
    const { services, ...before } = report({});
    expect(reportSchema.parse(before)).toEqual({ ...before, services });
  });

  it('gives medians and 95th percentiles of both runs with their ratio, and leaves out what only one has', () => {
    const before = report({ result_stat: figures(200, 400), image_shown: figures(1, 1) });
    const now = report({ result_stat: figures(300, 400), subscribed: figures(1, 1) });
    expect(compare(before, now)).toEqual([
      {
        what: 'result_stat',
        median: { before: 200, now: 300, ratio: 1.5 },
        p95: { before: 400, now: 400, ratio: 1 },
      },
    ]);
  });
});

describe('the page', () => {
  const plot = overTime({
    title: 'Studies',
    unit: 'a second',
    seconds: 60,
    series: [{ name: 'read', drawn: 'line', points: [[1, 2]] }],
  });
  const page = renderPage({ report: report({ result_stat: figures(200, 400) }, false), plots: [plot] });

  it('needs nothing from anywhere else', () => {
    expect(page).toContain('<svg');
    // The name of a namespace is no address.
    const fetched = page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '');
    expect(fetched).not.toMatch(/src=|href=|https?:|@import|<script/);
  });

  it('says what was missed, threshold by threshold, and escapes what it prints', () => {
    expect(page).toContain('upload &#60;acknowledged&#62;');
    expect(page).toContain('<span class="bad">missed</span>');
  });

  it('shows the comparison when there is one', () => {
    const now = report({ result_stat: figures(300, 400) });
    const earlier = report({ result_stat: figures(200, 400) });
    const rows = compare(earlier, now);
    expect(renderPage({ report: now, plots: [], comparison: { with: earlier, rows } })).toContain('1.50');
    expect(renderText(now, rows)).toContain('1.50');
  });
});

describe('the throughput', () => {
  it('is the most in any twenty seconds, wherever they begin', () => {
    const times = [0, 15_000, 16_000, 17_000, 34_000, 90_000];
    expect(mostAtOnce(times)).toBe(4 / 20);
  });
});
