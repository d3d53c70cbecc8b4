import { post } from './kubectl.js';
import { namespace } from './namespace.js';

/** Asks for an eviction as `kubectl drain` does. @returns nothing when granted, else the API server's refusal. */
export async function evict(pod: string): Promise<string | undefined> {
  const metadata = { name: pod, namespace };
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata };
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`;
  return post(path, body).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
