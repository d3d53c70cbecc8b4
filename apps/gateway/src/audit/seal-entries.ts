import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/tenant.js';
import { type ChainedEntry, chainedColumns, hashOf, noHash } from './chain.js';

export interface Head {
  organizationId: string;
  number: number;
  hash: string;
}

const lockId = 7_203_406;
const page = 1_000;

/**
 * A position is taken before its transaction commits, so a late entry lies behind sealed ones. No transaction lives long enough
 * for as many others: one that says nothing for 20 s is ended.
 */
const lookBack = 10_000;

/**
 * Chains the entries that were committed since the last round, organization by organization; of several coordinators one seals
 * and the others pass.
 * @returns where the chains that grew end
 */
export async function sealEntries(pool: Pool): Promise<Head[]> {
  const organizations = await pool.query<{ id: string }>('SELECT id FROM organization ORDER BY id');
  const heads: Head[] = [];
  for (const { id } of organizations.rows) {
    let sealed: { head: Head; isWhole: boolean } | null;
    do {
      sealed = await inTransaction(pool, (client) => sealPage(client, id));
      if (sealed) heads.push(sealed.head);
    } while (sealed && !sealed.isWhole);
  }
  return heads;
}

async function sealPage(
  client: PoolClient,
  organizationId: string,
): Promise<{ head: Head; isWhole: boolean } | null> {
  const lock = await client.query('SELECT pg_try_advisory_xact_lock($1) AS held', [lockId]);
  if (!lock.rows[0]?.held) return null;
  const last = await client.query<{ number: string; hash: string }>(
    'SELECT number, hash FROM audit_seal WHERE organization_id = $1 ORDER BY number DESC LIMIT 1',
    [organizationId],
  );
  const unsealed = await client.query<ChainedEntry & { position: string }>(
    `SELECT a.position, ${chainedColumns} FROM audit a
     WHERE a.organization_id = $1 AND a.position > $2::bigint + COALESCE(
         (SELECT max(position) FROM audit_seal WHERE organization_id = $1), 0)
       AND NOT EXISTS (SELECT FROM audit_seal s
         WHERE (s.organization_id, s.position) = (a.organization_id, a.position))
     ORDER BY a.position LIMIT $3`,
    [organizationId, -lookBack, page],
  );
  if (unsealed.rows.length === 0) return null;
  let number = Number(last.rows[0]?.number ?? 0);
  let hash = last.rows[0]?.hash ?? noHash;
  const seals = unsealed.rows.map(({ position, ...entry }) => {
    const previousHash = hash;
    number += 1;
    hash = hashOf(previousHash, number, entry);
    return { number, position, previousHash, hash };
  });
  await client.query(
    `INSERT INTO audit_seal (organization_id, number, position, previous_hash, hash)
     SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[])`,
    [
      organizationId,
      seals.map((seal) => seal.number),
      seals.map((seal) => seal.position),
      seals.map((seal) => seal.previousHash),
      seals.map((seal) => seal.hash),
    ],
  );
  return { head: { organizationId, number, hash }, isWhole: unsealed.rows.length < page };
}
