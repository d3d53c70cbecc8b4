import type { Prisma } from '../generated/prisma/client.js';
import type { AuditAction, AuditedType } from './entries.js';

/** Which entries of the audit trail are asked for; what is left out narrows nothing. */
export interface AuditFilter {
  from?: Date | null | undefined;
  before?: Date | null | undefined;
  actions?: AuditAction[] | null | undefined;
  personIds?: string[] | null | undefined;
  siteIds?: string[] | null | undefined;
  object?: { type: AuditedType; id: string } | null | undefined;
}

/** Of a study, everything that concerns it: who looked at its images, too. */
export function whereOf({
  from,
  before,
  actions,
  personIds,
  siteIds,
  object,
}: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    at: { ...(from && { gte: from }), ...(before && { lt: before }) },
    ...(actions && { action: { in: actions } }),
    ...(personIds && { personId: { in: personIds } }),
    ...(siteIds && { siteId: { in: siteIds } }),
    ...(object && (object.type === 'Study' ? { studyId: object.id } : { objectId: object.id })),
  };
}
