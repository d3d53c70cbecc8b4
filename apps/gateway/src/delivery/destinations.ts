import { randomUUID } from 'node:crypto';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { asTenant } from '../database/tenant.js';
import type { DestinationKind } from '../generated/prisma/enums.js';
import type { Viewer } from '../identity/viewer.js';
import { InputError, NotFoundError, StateError } from '../submission/errors.js';
import { freeText } from '../submission/free-text.js';
import { type GivenAddress, readAddress } from './address.js';

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
    asTenant(pool, viewer, (client) =>
      client.query(
        `INSERT INTO destination (id, organization_id, site_id, name, kind, ae_title, calling_ae_title, host, port, tls, url,
           authentication, secret_name, created_by_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [
          id,
          viewer.organizationId,
          given.siteId,
          name,
          given.kind,
          at.aeTitle,
          at.callingAeTitle,
          at.host,
          at.port,
          at.tls,
          at.url,
          at.authentication,
          at.secretName,
          viewer.personId,
        ],
      ),
    ),
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
      const known = await readDestination(client, viewer, destinationId);
      const given = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined && value !== null),
      );
      const at = readAddress(known.kind, { ...known, ...given });
      await client.query(
        `UPDATE destination SET name = $2, enabled = $3, ae_title = $4, calling_ae_title = $5, host = $6, port = $7, tls = $8,
           url = $9, authentication = $10, secret_name = $11 WHERE id = $1`,
        [
          destinationId,
          name === null ? known.name : freeText('name', name, maxNameLength),
          enabled ?? known.enabled,
          at.aeTitle,
          at.callingAeTitle,
          at.host,
          at.port,
          at.tls,
          at.url,
          at.authentication,
          at.secretName,
        ],
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
    return id;
  });
}

interface DestinationRow extends GivenAddress {
  siteId: string;
  name: string;
  kind: DestinationKind;
  enabled: boolean;
}

async function readDestination(client: PoolClient, viewer: Viewer, id: string): Promise<DestinationRow> {
  const found = await client.query<DestinationRow>(
    `SELECT site_id AS "siteId", name, kind, enabled, ae_title AS "aeTitle", calling_ae_title AS "callingAeTitle", host, port,
       tls, url, authentication, secret_name AS "secretName" FROM destination WHERE id = $1`,
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
