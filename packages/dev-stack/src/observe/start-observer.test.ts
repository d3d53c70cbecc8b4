import { expect, it } from 'vitest';
import { startObserver } from './start-observer.js';

const span = (name: string, start: number, end: number) => ({
  traceId: 'aa',
  name,
  startTimeUnixNano: `${start}000000`,
  endTimeUnixNano: `${end}000000`,
});

it('shows what services sent as one trace, in order, and where their metrics are', async () => {
  const observer = await startObserver();
  const send = (service: string, spans: object[]) =>
    fetch(`${observer.url}/v1/traces`, {
      method: 'POST',
      body: JSON.stringify({
        resourceSpans: [
          {
            resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
            scopeSpans: [{ spans }],
          },
        ],
      }),
    });
  await send('inference', [span('classify', 1_010, 1_040)]);
  await send('gateway', [span('POST /graphql', 1_000, 1_008)]);
  observer.show({ gateway: 'http://127.0.0.1:1/metrics' });
  const page = await (await fetch(observer.url)).text();
  expect(page).toContain('2 spans,\n40 ms');
  expect(page.indexOf('gateway: POST /graphql')).toBeLessThan(page.indexOf('inference: classify'));
  expect(page).toContain('http://127.0.0.1:1/metrics');
  expect((await fetch(observer.url, { method: 'POST', body: 'nonsense' })).status).toBe(400);
  observer.close();
});
