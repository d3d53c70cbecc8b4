import { randomUUID } from 'node:crypto';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { type AuditAction, writeEntries } from '../audit/entries.js';
import { asTenant } from '../database/tenant.js';
import type { DestinationKind } from '../generated/prisma/enums.js';
import type { Viewer } from '../identity/viewer.js';
import { authorOf } from '../study/actor.js';
import { InputError, NotFoundError, StateError } from '../submission/errors.js';
import { freeText } from '../submission/free-text.js';
import { type DestinationAddress, type GivenAddress, readAddress, unsigned } from './address.js';

export interface NewDestination extends GivenAddress {
  siteId: string;
  name: string;
  kind: DestinationKind;
}

export interface DestinationChange extends GivenAddress {
  destinationId: string;
  name: string | null;
  enabled: boolean | null;
}

const maxNameLength = 100;
const nameKey = 'destination_organization_id_site_id_name_key';

const addressColumns = {
  aeTitle: 'ae_title',
  callingAeTitle: 'calling_ae_title',
  host: 'host',
  port: 'port',
  tls: 'tls',
  url: 'url',
  authentication: 'authentication',
  secretName: 'secret_name',
  userName: 'user_name',
  issuer: 'issuer',
  scope: 'scope',
  audience: 'audience',
} as const satisfies Record<keyof DestinationAddress, string>;
const fields = Object.keys(addressColumns) as (keyof DestinationAddress)[];
const columns = Object.values(addressColumns);

interface Deps {
  pool: Pool;
}

/**
 * Adds a place where the results of a site go; what is read from now on is sent there.
 * @returns its id
 * @throws InputError or NotFoundError
 */
export async function createDestination(
  { pool }: Deps,
  viewer: Viewer,
  given: NewDestination,
): Promise<string> {
  if (!viewer.administeredSiteIds.includes(given.siteId))
    throw new NotFoundError('There is no such site that you administrate.');
  const name = freeText('name', given.name, maxNameLength);
  const at = readAddress(given.kind, given);
  const id = randomUUID();
  await onlyOne(() =>
    asTenant(pool, viewer, async (client) => {
      await client.query(
        `INSERT INTO destination (id, organization_id, site_id, kind, created_by_id, name, ${columns.join(', ')})
         VALUES ($1, $2, $3, $4, $5, $6, ${columns.map((_column, index) => `$${index + 7}`).join(', ')})`,
        [
          id,
          viewer.organizationId,
          given.siteId,
          given.kind,
          viewer.personId,
          name,
          ...fields.map((field) => at[field]),
        ],
      );
      await audit(client, viewer, 'DESTINATION_CREATED', { id, siteId: given.siteId }, { kind: given.kind });
    }),
  );
  return id;
}

/**
 * Changes a destination. What is left out stays as it is. Switched off, it keeps what waits for it until it is on again.
 * @throws InputError or NotFoundError
 */
export async function updateDestination(
  { pool }: Deps,
  viewer: Viewer,
  { destinationId, name, enabled, ...change }: DestinationChange,
): Promise<void> {
  await onlyOne(() =>
    asTenant(pool, viewer, async (client) => {
      const known = await readDestination(client, viewer, destinationId, 'FOR UPDATE');
      const given = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined && value !== null),
      );
      const signsInAnew = (change.authentication ?? known.authentication) !== known.authentication;
      const at = readAddress(known.kind, { ...known, ...(signsInAnew && unsigned), ...given });
      await client.query(
        `UPDATE destination SET name = $2, enabled = $3,
           ${columns.map((column, index) => `${column} = $${index + 4}`).join(', ')} WHERE id = $1`,
        [
          destinationId,
          name === null ? known.name : freeText('name', name, maxNameLength),
          enabled ?? known.enabled,
          ...fields.map((field) => at[field]),
        ],
      );
      const changed = fields.filter((field) => (at[field] ?? null) !== (known[field] ?? null));
      await audit(
        client,
        viewer,
        'DESTINATION_CHANGED',
        { id: destinationId, siteId: known.siteId },
        {
          enabled: String(enabled ?? known.enabled),
          changed: [...(name === null || name === known.name ? [] : ['name']), ...changed].join(' '),
        },
      );
    }),
  );
}

/**
 * Asks the sending service to greet a destination, without any patient's data; how it went stands in the delivery.
 * @returns the id of that delivery
 * @throws NotFoundError or StateError
 */
export function testDestination({ pool }: Deps, viewer: Viewer, destinationId: string): Promise<string> {
  const id = randomUUID();
  return asTenant(pool, viewer, async (client) => {
    const { siteId, enabled } = await readDestination(client, viewer, destinationId);
    if (!enabled) throw new StateError('This destination is switched off.');
    await client.query(
      `INSERT INTO delivery (id, organization_id, site_id, destination_id, content, source_id, priority)
       VALUES ($1, $2, $3, $4, 'ECHO', $1, 'STAT')`,
      [id, viewer.organizationId, siteId, destinationId],
    );
    await audit(client, viewer, 'DESTINATION_TESTED', { id: destinationId, siteId });
    return id;
  });
}

function audit(
  client: PoolClient,
  viewer: Viewer,
  action: AuditAction,
  { id, siteId }: { id: string; siteId: string },
  details: Record<string, string> = {},
): Promise<void> {
  const object = { type: 'Destination', id } as const;
  return writeEntries(client, authorOf(viewer), [{ action, object, siteId, studyId: null, details }]);
}

interface DestinationRow extends GivenAddress {
  siteId: string;
  name: string;
  kind: DestinationKind;
  enabled: boolean;
}

async function readDestination(
  client: PoolClient,
  viewer: Viewer,
  id: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<DestinationRow> {
  const found = await client.query<DestinationRow>(
    `SELECT site_id AS "siteId", name, kind, enabled,
       ${fields.map((field) => `${addressColumns[field]} AS "${field}"`).join(', ')} FROM destination WHERE id = $1 ${lock}`,
    [id],
  );
  const [destination] = found.rows;
  if (!destination || !viewer.administeredSiteIds.includes(destination.siteId))
    throw new NotFoundError('There is no such destination at a site that you administrate.');
  return destination;
}

async function onlyOne<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof DatabaseError && error.constraint === nameKey)
      throw new InputError('name', 'This site has a destination of that name.');
    throw error;
  }
}
