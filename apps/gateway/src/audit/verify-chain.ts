import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../database/tenant.js';
import { type ChainedEntry, chainedColumns, hashOf, noHash } from './chain.js';
import type { Head } from './seal-entries.js';

/** What is wrong, and where first. */
export interface Fault {
  number: number | null;
  entryId: string | null;
  fault:
    | 'SEAL_MISSING'
    | 'CHAIN_CUT'
    | 'ENTRY_MISSING'
    | 'ENTRY_CHANGED'
    | 'NEVER_SEALED'
    | 'HEAD_CHANGED'
    | 'HEAD_MISSING';
}

export interface Verdict {
  /** How many entries the chain holds as far as it is whole. */
  sealed: number;
  head: Head | null;
  fault: Fault | null;
}

const page = 5_000;
/** Sealing is due every few seconds; a coordinator may be away for a while. */
const unsealedMinutes = 15;

type Row = { [Field in keyof ChainedEntry]: ChainedEntry[Field] | null } & {
  number: string;
  previousHash: string;
  hash: string;
};

/**
 * Computes the chain of an organization again, entry by entry, in one snapshot.
 * @param noted a head that was seen earlier and kept elsewhere: whoever owns the database can make a chain anew, and not this
 */
export function verifyChain(pool: Pool, organizationId: string, noted: Head | null = null): Promise<Verdict> {
  return inTransaction(pool, (client) => verify(client, organizationId, noted), [
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    'SET LOCAL statement_timeout = 0',
  ]);
}

async function verify(client: PoolClient, organizationId: string, noted: Head | null): Promise<Verdict> {
  let number = 0;
  let hash = noHash;
  for (;;) {
    const { rows } = await client.query<Row>(
      `SELECT s.number, s.previous_hash AS "previousHash", s.hash, ${chainedColumns}
       FROM audit_seal s LEFT JOIN audit a ON (a.organization_id, a.position) = (s.organization_id, s.position)
       WHERE s.organization_id = $1 AND s.number > $2 ORDER BY s.number LIMIT $3`,
      [organizationId, number, page],
    );
    for (const row of rows) {
      const fault = faultOf(row, number + 1, hash) ?? (noted && headFault(row, noted));
      const head = number === 0 ? null : { organizationId, number, hash };
      if (fault) return { sealed: number, head, fault: { number: number + 1, entryId: row.id, fault } };
      number += 1;
      hash = row.hash;
    }
    if (rows.length < page) break;
  }
  const head = number === 0 ? null : { organizationId, number, hash };
  if (noted && noted.number > number)
    return { sealed: number, head, fault: { number: number + 1, entryId: null, fault: 'HEAD_MISSING' } };
  return { sealed: number, head, fault: await neverSealed(client, organizationId) };
}

function faultOf(row: Row, number: number, previousHash: string): Fault['fault'] | null {
  if (Number(row.number) !== number) return 'SEAL_MISSING';
  if (row.previousHash !== previousHash) return 'CHAIN_CUT';
  if (!isWhole(row)) return 'ENTRY_MISSING';
  return hashOf(previousHash, number, row) === row.hash ? null : 'ENTRY_CHANGED';
}

function isWhole(row: Row): row is Row & ChainedEntry {
  return row.id !== null;
}

function headFault({ number, hash }: Row, noted: Head): Fault['fault'] | null {
  return Number(number) === noted.number && hash !== noted.hash ? 'HEAD_CHANGED' : null;
}

async function neverSealed(client: PoolClient, organizationId: string): Promise<Fault | null> {
  const found = await client.query<{ id: string }>(
    `SELECT a.id FROM audit a WHERE a.organization_id = $1 AND a.at < now() - make_interval(mins => $2)
       AND NOT EXISTS (SELECT FROM audit_seal s
         WHERE (s.organization_id, s.position) = (a.organization_id, a.position))
     ORDER BY a.position LIMIT 1`,
    [organizationId, unsealedMinutes],
  );
  const [entry] = found.rows;
  return entry ? { number: null, entryId: entry.id, fault: 'NEVER_SEALED' } : null;
}
