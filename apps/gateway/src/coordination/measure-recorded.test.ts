import { startHealthServer, startTelemetry } from '@lucency/service-kit';
import { expect, it } from 'vitest';
import { beginAtNone } from './measure-recorded.js';

it('shows dead tasks as none before the first, so that the first can be seen to be one more', async () => {
  const telemetry = startTelemetry('test', { OTEL_TRACES_SAMPLER_ARG: 0 });
  const health = await startHealthServer({
    port: 0,
    notReady: () => null,
    serveMetrics: telemetry.serveMetrics,
  });
  beginAtNone(telemetry.instruments);
  const page = await (await fetch(`http://127.0.0.1:${health.port}/metrics`)).text();
  expect(page).toContain(
    'lucency_results_total{kind="classify",outcome="failed",reason="IMAGE_MISSING"} 0\n',
  );
  expect(page).toContain('lucency_results_total{kind="explain",outcome="failed",reason="INTERNAL"} 0\n');
  await Promise.all([health.close(), telemetry.stop()]);
});
