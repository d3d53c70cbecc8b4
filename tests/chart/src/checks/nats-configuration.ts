import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNatsServer, UnsuitableServer } from '@lucency/dev-stack';
import type { Check } from '../check.js';
import { writeCertificates } from '../nats/certificates.js';
import { passwordsFor, renderedConfiguration } from '../nats/chart-server.js';
import { run } from '../run.js';
import { MissingTool } from '../tools/tools.js';
import { valueSet } from '../value-sets.js';

const passwords = passwordsFor({ gateway: '1k', coordinator: '2e3', inference: 'three', explain: 'true' });

/** A real nats-server reads what the chart would give it. */
export const natsConfiguration: Check[] = ['small', 'production', 'trial'].map((name) => ({
  name: `nats-server reads its configuration: ${name}`,
  async faults() {
    const text = await renderedConfiguration(valueSet(name));
    const server = await findNatsServer().catch((error: unknown) => {
      throw error instanceof UnsuitableServer ? new MissingTool(error.message) : error;
    });
    const folder = await mkdtemp(join(tmpdir(), 'lucency-nats-conf-'));
    try {
      await writeCertificates(folder);
      const file = join(folder, 'nats.conf');
      await writeFile(file, text.replaceAll('/tls/', `${folder}/`));
      const env = { ...process.env, POD_NAME: 'lucency-nats-0', ...passwords };
      const { ok, output } = await run(server, ['-t', '-c', file], { env });
      return ok ? [] : [output];
    } finally {
      await rm(folder, { recursive: true });
    }
  },
}));
