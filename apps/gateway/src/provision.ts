import { text } from 'node:stream/consumers';
import { parseEnvironment } from '@lucency/service-kit';
import { z } from 'zod';
import { createPool } from './database/pool.js';
import { directory, provision } from './identity/directory.js';

/** Reads a directory of organizations, sites and people as JSON from standard input and brings it about. */
const { OWNER_DATABASE_URL, OIDC_ISSUER } = parseEnvironment(
  z.object({ OWNER_DATABASE_URL: z.url(), OIDC_ISSUER: z.url() }),
  process.env,
);
const content = directory.safeParse(JSON.parse(await text(process.stdin)));
if (!content.success) {
  process.stderr.write(`The directory is not right:\n${z.prettifyError(content.error)}\n`);
  process.exit(2);
}
const pool = createPool({ url: OWNER_DATABASE_URL, max: 1, onIdleError: () => undefined });
await provision(pool, OIDC_ISSUER, content.data);
await pool.end();
const { organizations } = content.data;
const sites = organizations.reduce((sum, { sites }) => sum + sites.length, 0);
const people = organizations.reduce((sum, { people }) => sum + people.length, 0);
process.stdout.write(`${organizations.length} organizations, ${sites} sites, ${people} people\n`);
