import { environment as dicom } from '@lucency/dicom-service';
import { environment as explain } from '@lucency/explain';
import { coordinatorEnvironment as coordinator, environment as gateway } from '@lucency/gateway';
import { environment as inference } from '@lucency/inference';
import { z } from 'zod';
import type { Check } from '../check.js';
import { render } from '../helm.js';
import { workloadsOf } from '../manifest.js';
import { valueSets } from '../value-sets.js';

const services: Record<string, z.ZodObject> = {
  gateway,
  coordinator,
  dicom,
  explain,
  'inference-cpu': inference,
  'inference-gpu': inference,
};

/** What a Secret would hold. */
const secrets: Record<string, string> = {
  DATABASE_URL: 'postgresql://lucency_app:password@postgres:5432/lucency',
  WORKER_DATABASE_URL: 'postgresql://lucency_worker:password@postgres:5432/lucency',
  NATS_PASSWORD: 'password',
  ADDRESS_SIGNING_KEY: 'k'.repeat(64),
};

/** Read by Node, TensorFlow and CUDA, not by us. */
const foreign = /^(NODE_EXTRA_CA_CERTS|TF_|CUDA_)/;

/** Every service can start with the environment that its pod gives it, and reads all of it. */
export const environments: Check[] = valueSets.map((values) => ({
  name: `services accept their environment: ${values.name}`,
  async faults() {
    const { manifests } = await render(values);
    return workloadsOf(manifests).flatMap(({ name, pod }) =>
      pod.containers.flatMap((container) => {
        const service = services[container.name];
        if (!service) return [];
        const env = container.env ?? [];
        const given = Object.fromEntries(env.map((each) => [each.name, each.value ?? secrets[each.name]]));
        const unread = Object.keys(given).filter((each) => !(each in service.shape) && !foreign.test(each));
        const { error } = service.safeParse(given);
        return [
          ...unread.map((variable) => `${name} sets ${variable}, which nothing reads`),
          ...(error ? [`${name}: ${z.prettifyError(error)}`] : []),
        ];
      }),
    );
  },
}));
