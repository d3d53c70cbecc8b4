import { node } from '../addresses.js';
import { namespace } from '../platform/site.js';
import { kubectl } from './kubectl.js';

/** What one container takes, by the kubelet's own count. */
export interface Usage {
  pod: string;
  container: string;
  /** Since it started. */
  cpuSeconds: number;
  /** What an eviction would go by: without the pages of files that can be dropped. */
  memoryMiB: number;
}

const sample = /^(\w+)\{container="([^"]+)",namespace="([^"]+)",pod="([^"]+)"\} (\S+)/;

/** Of every container of the release that runs on the real node. */
export async function usageOfContainers(): Promise<Usage[]> {
  const text = await kubectl('get', '--raw', `/api/v1/nodes/${node.name}/proxy/metrics/resource`);
  const found = new Map<string, Usage>();
  for (const line of text.split('\n')) {
    const [, metric, container, where, pod, value] = sample.exec(line) ?? [];
    if (!container || !pod || where !== namespace) continue;
    const key = `${pod}/${container}`;
    const usage = found.get(key) ?? { pod, container, cpuSeconds: 0, memoryMiB: 0 };
    found.set(key, usage);
    if (metric === 'container_cpu_usage_seconds_total') usage.cpuSeconds = Number(value);
    if (metric === 'container_memory_working_set_bytes') usage.memoryMiB = Number(value) / 2 ** 20;
  }
  return [...found.values()];
}
