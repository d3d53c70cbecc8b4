import { parseArgs } from 'node:util';
import { parseEnvironment } from '@lucency/service-kit';
import { z } from 'zod';
import type { Head } from './audit/seal-entries.js';
import { verifyChain } from './audit/verify-chain.js';
import { createPool } from './database/pool.js';

/**
 * Computes the chains of the audit trail again and says, for each organization, where it ends or which entry is the first that
 * is wrong. Heads that were kept elsewhere are compared: --head <organization>:<number>:<hash>, as often as there are some.
 */
const { WORKER_DATABASE_URL } = parseEnvironment(z.object({ WORKER_DATABASE_URL: z.url() }), process.env);
const { values } = parseArgs({ options: { head: { type: 'string', multiple: true, default: [] } } });
const noted = values.head.map(readHead);
const pool = createPool({ url: WORKER_DATABASE_URL, max: 1, onIdleError: () => undefined });
const organizations = await pool.query<{ id: string; name: string }>(
  'SELECT id, name FROM organization ORDER BY name, id',
);
for (const { id, name } of organizations.rows) {
  const known = noted.find(({ organizationId }) => organizationId === id) ?? null;
  const { sealed, head, fault } = await verifyChain(pool, id, known);
  const end = head ? `, head ${id}:${head.number}:${head.hash}` : '';
  process.stdout.write(`${name}: ${sealed} entries are whole${end}\n`);
  if (!fault) continue;
  const where = fault.number === null ? '' : ` at number ${fault.number}`;
  process.stdout.write(`${name}: ${fault.fault}${where}${fault.entryId ? `, entry ${fault.entryId}` : ''}\n`);
  process.exitCode = 1;
}
await pool.end();

function readHead(text: string): Head {
  const [, organizationId = '', number = '', hash = ''] =
    /^([0-9a-f-]{36}):(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (hash) return { organizationId, number: Number(number), hash };
  process.stderr.write('Give a head as verify-audit prints it: <organization>:<number>:<hash>\n');
  process.exit(2);
}
