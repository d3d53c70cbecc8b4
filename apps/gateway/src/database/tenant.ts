import { escapeLiteral, type Pool, type PoolClient } from 'pg';

/** On whose behalf a transaction runs; row-level security shows it nothing else. */
export interface Tenant {
  organizationId: string;
  personId: string;
  /** Sites whose studies may be seen. */
  siteIds: string[];
  /** Sites where studies may be added and changed. */
  writableSiteIds: string[];
  /** Sites whose studies may be reviewed and signed; none where this is left out. */
  reviewableSiteIds?: string[];
  /** Sites whose destinations may be changed; none where this is left out. */
  administeredSiteIds?: string[];
  /** Sites for which a service sends deliveries; none where this is left out. */
  servedSiteIds?: string[];
  /** Sites whose audit trail may be read; none where this is left out. */
  auditedSiteIds?: string[];
  /** Whether the audit trail of the organization itself may be read, too. */
  auditsOrganization?: boolean;
}

/**
 * How long a statement may take, and how long a transaction may wait for its client. They end with the transaction, so
 * that connections can be shared through PgBouncer.
 */
const limits = { statement_timeout: '10s', idle_in_transaction_session_timeout: '20s' };
const setLimits = Object.entries(limits).map(([name, value]) => `SET LOCAL ${name} = '${value}'`);

/** One statement that sets the whole context, to be the first of a transaction. */
export function tenantContext(tenant: Tenant, extra: Record<string, string> = {}): string {
  const settings = Object.entries({
    ...limits,
    'lucency.organization_id': tenant.organizationId,
    'lucency.person_id': tenant.personId,
    'lucency.site_ids': `{${tenant.siteIds.join(',')}}`,
    'lucency.writable_site_ids': `{${tenant.writableSiteIds.join(',')}}`,
    'lucency.reviewable_site_ids': `{${(tenant.reviewableSiteIds ?? []).join(',')}}`,
    'lucency.administered_site_ids': `{${(tenant.administeredSiteIds ?? []).join(',')}}`,
    'lucency.served_site_ids': `{${(tenant.servedSiteIds ?? []).join(',')}}`,
    'lucency.audited_site_ids': `{${(tenant.auditedSiteIds ?? []).join(',')}}`,
    'lucency.audits_organization': tenant.auditsOrganization ? 'on' : 'off',
    ...extra,
  });
  const set = settings.map(([name, value]) => `set_config('${name}', ${escapeLiteral(value)}, true)`);
  return `SELECT ${set.join(', ')}`;
}

/** Runs `work` in one transaction as this tenant; commits when it resolves, rolls back when it throws. */
export function asTenant<T>(
  pool: Pool,
  tenant: Tenant,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(pool, work, ['BEGIN', tenantContext(tenant)]);
}

/**
 * Runs `work` in one transaction; commits when it resolves, rolls back when it throws.
 * @param beginning sent at once, before the work
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  beginning = ['BEGIN', ...setLimits],
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(beginning.join('; '));
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
