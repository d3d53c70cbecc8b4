import type { Pool, PoolClient } from 'pg';

/** On whose behalf a transaction runs; row-level security shows it nothing else. */
export interface Tenant {
  organizationId: string;
  personId: string;
  /** Sites whose studies may be seen. */
  siteIds: string[];
  /** Sites where studies may be added and changed. */
  writableSiteIds: string[];
}

/** One statement that sets the whole context, to be the first of a transaction. */
export function tenantContext(tenant: Tenant): { text: string; values: string[] } {
  return {
    text: `SELECT set_config('lucency.organization_id', $1, true), set_config('lucency.person_id', $2, true),
      set_config('lucency.site_ids', $3, true), set_config('lucency.writable_site_ids', $4, true)`,
    values: [
      tenant.organizationId,
      tenant.personId,
      `{${tenant.siteIds.join(',')}}`,
      `{${tenant.writableSiteIds.join(',')}}`,
    ],
  };
}

/** Runs `work` in one transaction as this tenant; commits when it resolves, rolls back when it throws. */
export function asTenant<T>(
  pool: Pool,
  tenant: Tenant,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, async (client) => {
    await client.query(tenantContext(tenant));
    return work(client);
  });
}

/** Runs `work` in one transaction; commits when it resolves, rolls back when it throws. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((reason: Error) => {
      broken = reason;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
