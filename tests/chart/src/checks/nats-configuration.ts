import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer, UnsuitableServer } from '@lucency/dev-stack';
import { z } from 'zod';
import type { Check } from '../check.js';
import { render } from '../helm.js';
import { run } from '../run.js';
import { MissingTool } from '../tools/tools.js';
import { valueSets } from '../value-sets.js';

const configuration = z.looseObject({
  kind: z.literal('ConfigMap'),
  data: z.object({ 'nats.conf': z.string() }),
});

/** A real nats-server reads what the chart would give it. */
export const natsConfiguration: Check[] = valueSets
  .filter(({ name }) => ['small', 'production'].includes(name))
  .map((values) => ({
    name: `nats-server reads its configuration: ${values.name}`,
    async faults() {
      const { manifests } = await render(values);
      const found = manifests.map((each) => configuration.safeParse(each)).find(({ success }) => success);
      if (!found?.success) return ['there is no configuration'];
      const server = await findNatsServer().catch((error: unknown) => {
        throw error instanceof UnsuitableServer ? new MissingTool(error.message) : error;
      });
      const folder = await mkdtemp(join(tmpdir(), 'lucency-nats-conf-'));
      try {
        const file = join(folder, 'nats.conf');
        await writeFile(file, found.data.data['nats.conf']);
        const { ok, said } = await run(server, ['-t', '-c', file], {
          env: { ...process.env, POD_NAME: 'lucency-nats-0' },
        });
        return ok ? [] : [said];
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  }));
