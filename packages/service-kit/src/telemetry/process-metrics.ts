import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Instruments } from './instruments.js';

/** The timer that measures the delay fires this often; the default of 10 would read 12 ms in an idle process. */
const resolutionMs = 1;

/** Event loop, memory and CPU of this process. @returns what ends it. */
export function watchProcess(instruments: Instruments): () => void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  instruments.watch('lucency_event_loop_delay_seconds', () => {
    // Nanoseconds from one firing to the next, and NaN before the second one.
    const late = (nanoseconds: number) => Math.max(0, (nanoseconds || 0) / 1e6 - resolutionMs) / 1e3;
    const samples = [
      { value: late(delay.percentile(50)), labels: { quantile: '0.5' } },
      { value: late(delay.percentile(99)), labels: { quantile: '0.99' } },
      { value: late(delay.max), labels: { quantile: '1' } },
    ] as const;
    delay.reset();
    return [...samples];
  });
  instruments.watch('process_resident_memory_bytes', () => [
    { value: process.memoryUsage.rss(), labels: {} },
  ]);
  instruments.watch('lucency_heap_used_bytes', () => [{ value: process.memoryUsage().heapUsed, labels: {} }]);
  instruments.watch('process_cpu_seconds_total', () => {
    const { user, system } = process.cpuUsage();
    return [{ value: (user + system) / 1e6, labels: {} }];
  });
  return () => delay.disable();
}
