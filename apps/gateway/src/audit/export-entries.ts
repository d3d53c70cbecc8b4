import { OperationReader } from '../database/reader.js';
import type { Tenant } from '../database/tenant.js';
import type { PrismaClient } from '../generated/prisma/client.js';
import { type AuditFilter, whereOf } from './filter.js';

/** Entries held in memory at once; each page is a transaction of its own, so that a slow reader keeps none open. */
const page = 500;

/**
 * Entries as lines of JSON, the oldest first: every field that their hashes are made of, and the names of people and sites
 * beside it.
 */
export async function* exportEntries(
  prisma: PrismaClient,
  tenant: Tenant,
  filter: AuditFilter,
): AsyncGenerator<string> {
  const reader = new OperationReader(prisma, tenant);
  let position = 0n;
  for (;;) {
    const client = await reader.open();
    const entries = await client.auditEntry
      .findMany({
        where: { ...whereOf(filter), position: { gt: position } },
        include: { person: { select: { name: true } }, site: { select: { name: true } }, seal: true },
        orderBy: { position: 'asc' },
        take: page,
      })
      .finally(() => reader.close());
    if (entries.length > 0) yield entries.map((entry) => `${JSON.stringify(lineOf(entry))}\n`).join('');
    if (entries.length < page) return;
    position = entries.at(-1)?.position ?? position;
  }
}

interface ExportedEntry {
  seal: { number: bigint; previousHash: string; hash: string } | null;
  person: { name: string } | null;
  site: { name: string } | null;
  position: bigint;
}

function lineOf({ seal, person, site, position: _, ...entry }: ExportedEntry) {
  return {
    number: seal ? Number(seal.number) : null,
    ...entry,
    personName: person?.name ?? null,
    siteName: site?.name ?? null,
    previousHash: seal?.previousHash ?? null,
    hash: seal?.hash ?? null,
  };
}
