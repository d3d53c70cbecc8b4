import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HealthServer, startHealthServer } from '../health.js';
import { createLogger } from '../logger.js';
import { startTelemetry, type Telemetry } from './start-telemetry.js';
import { traced } from './traced.js';
import { currentTraceparent, readTraceparent } from './traceparent.js';

interface SentSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
}

let collector: Server;
let sent: SentSpan[];
let telemetry: Telemetry;
let health: HealthServer | undefined;

beforeEach(async () => {
  sent = [];
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    for (const { scopeSpans } of body.resourceSpans) for (const { spans } of scopeSpans) sent.push(...spans);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => collector.listen(0, resolve));
});
afterEach(async () => {
  await telemetry.stop();
  await health?.close();
  health = undefined;
  collector.close();
});

function start(ratio = 1): Telemetry {
  const { port } = collector.address() as AddressInfo;
  telemetry = startTelemetry('test', {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_TRACES_SAMPLER_ARG: ratio,
  });
  return telemetry;
}

const remote = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('telemetry', () => {
  it('goes on with the trace that came from outside, across awaits, and sends it when it stops', async () => {
    start();
    let inner: string | null = null;
    await traced('outer', { traceparent: remote }, async () => {
      await sleep(1);
      await traced('inner', {}, async () => {
        inner = currentTraceparent();
      });
    });
    await telemetry.stop();
    const [first, second] = ['outer', 'inner'].map((name) => sent.find((span) => span.name === name));
    expect(first).toMatchObject({
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
    });
    expect(second).toMatchObject({ traceId: first?.traceId, parentSpanId: first?.spanId });
    expect(readTraceparent(inner)).toMatchObject({ traceId: first?.traceId, spanId: second?.spanId });
  });

  it('writes the trace into every log line of the work in hand', async () => {
    start();
    const lines: string[] = [];
    const log = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } });
    await traced('work', { traceparent: remote }, async () => log.info({}, 'inside'));
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ trace_id: '0af7651916cd43dd8448eb211c80319c' });
  });

  it('keeps its own share of traces, whatever a client marks as sampled', async () => {
    start(0);
    await traced('work', { traceparent: remote }, async () => undefined);
    await telemetry.stop();
    expect(sent).toEqual([]);
  });

  it('answers a scrape on the port of the probes, with the bounds of the service levels', async () => {
    const { instruments, serveMetrics } = start();
    instruments.count('lucency_submissions_total', { priority: 'STAT', outcome: 'created' });
    instruments.observe('lucency_time_to_reading_seconds', 3, { priority: 'STAT' });
    instruments.watch('lucency_backlog_tasks', async () => [
      { value: 7, labels: { kind: 'classify', priority: 'ROUTINE' } },
    ]);
    health = await startHealthServer({ port: 0, notReady: () => null, serveMetrics });
    const page = await (await fetch(`http://127.0.0.1:${health.port}/metrics`)).text();
    expect(page).toContain('lucency_submissions_total{priority="STAT",outcome="created"} 1\n');
    expect(page).toContain('lucency_time_to_reading_seconds_bucket{priority="STAT",le="5"} 1\n');
    expect(page).toContain('lucency_time_to_reading_seconds_bucket{priority="STAT",le="2.5"} 0\n');
    expect(page).toContain('lucency_backlog_tasks{kind="classify",priority="ROUTINE"} 7\n');
    expect(page).toMatch(/process_resident_memory_bytes \d+/);
    expect(page).toMatch(/process_cpu_seconds_total [\d.]+/);
    expect(page).toMatch(/lucency_event_loop_delay_seconds\{quantile="0.99"\} [\d.]+/);
  });
});

it.each([
  '',
  'nonsense',
  '00-00000000000000000000000000000000-b7ad6b7169203331-01',
  '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01',
  'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  "00-O'Brien51916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
])('takes no trace from %j', (text) => {
  expect(readTraceparent(text)).toBeUndefined();
});
