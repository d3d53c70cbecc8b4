import type { StoredTrace } from './trace-store.js';

/** Address of a service's metrics, by name. */
export type MetricPages = Record<string, string>;

/** The traces as waterfalls, and where the metrics are. */
export function observePage(traces: readonly StoredTrace[], metrics: MetricPages): string {
  const links = Object.entries(metrics).map(([name, url]) => `<a href="${inHtml(url)}">${inHtml(name)}</a>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Lucency: traces</title><style>
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif }
body { max-width: 1000px; margin: 2rem auto; padding: 0 1rem }
summary { cursor: pointer; padding: .3rem 0 } code { opacity: .7 }
.span { display: grid; grid-template-columns: 17rem 1fr 5rem; gap: .5rem; align-items: center }
.bar { position: relative; height: 10px; background: color-mix(in srgb, currentColor 10%, transparent) }
.bar i { position: absolute; inset-block: 0; min-width: 2px; background: #3b82c4 } .failed i { background: #c43b3b }
.ms { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
</style><h1>Traces</h1><p>Metrics: ${links.join(' · ')}</p>
${traces.length === 0 ? '<p>Nothing yet. Submit a study in the portal.</p>' : traces.map(waterfall).join('\n')}</html>`;
}

function waterfall({ id, spans }: StoredTrace): string {
  const start = Math.min(...spans.map((span) => span.start));
  const whole = Math.max(1, Math.max(...spans.map((span) => span.end)) - start);
  const rows = spans.map((span) => {
    const [left, width] = [span.start - start, span.end - span.start].map((ms) => (100 * ms) / whole);
    return `<div class="span${span.failed ? ' failed' : ''}"><span>${inHtml(span.service)}: ${inHtml(span.name)}</span>
<span class="bar"><i style="left:${left}%;width:${width}%"></i></span>
<span class="ms">${(span.end - span.start).toFixed(1)} ms</span></div>`;
  });
  const [first] = spans;
  return `<details${spans.length > 1 ? ' open' : ''}><summary>${inHtml(first?.name ?? '')}, ${spans.length} spans,
${whole.toFixed(0)} ms <code>${inHtml(id)}</code></summary>${rows.join('\n')}</details>`;
}

function inHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
