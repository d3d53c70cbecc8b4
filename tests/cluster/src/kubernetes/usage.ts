import { z } from 'zod';
import { node } from '../addresses.js';
import { kubectl } from './kubectl.js';
import { namespace } from './namespace.js';

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

const podMetrics = z.object({
  items: z.array(z.object({ containers: z.array(z.object({ usage: z.object({ cpu: z.string() }) })) })),
});
const perMillicore = { n: 1e6, u: 1e3, m: 1 };

/** What metrics-server, and so an autoscaler, last saw each pod of a component take, in thousandths of a processor. */
export async function millicoresOf(component: string): Promise<number[]> {
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`;
  const selector = encodeURIComponent(`app.kubernetes.io/component=${component}`);
  const text = await kubectl('get', '--raw', `${path}?labelSelector=${selector}`);
  return podMetrics
    .parse(JSON.parse(text))
    .items.map(({ containers }) => containers.reduce((sum, { usage }) => sum + millicores(usage.cpu), 0));
}

/** A quantity of Kubernetes, as 12345678n, 250m or 2. */
function millicores(quantity: string): number {
  const unit = z.enum(['n', 'u', 'm']).safeParse(quantity.at(-1));
  const number = Number.parseFloat(quantity);
  return unit.success ? number / perMillicore[unit.data] : number * 1000;
}
