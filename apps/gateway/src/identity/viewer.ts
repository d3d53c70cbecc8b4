import { z } from 'zod';
import type { Tenant } from '../database/tenant.js';

export const role = z.enum(['TECHNOLOGIST', 'RADIOLOGIST', 'SITE_ADMIN', 'ADMIN', 'AUDITOR', 'SERVICE']);
export type Role = z.infer<typeof role>;

/** Roles that add studies and take them back; the others only see them. */
const writingRoles: readonly Role[] = ['TECHNOLOGIST', 'SITE_ADMIN', 'ADMIN', 'SERVICE'];

/** Roles that review and sign. */
const reviewingRoles: readonly Role[] = ['RADIOLOGIST'];

/** Roles that say where results go. */
const administeringRoles: readonly Role[] = ['SITE_ADMIN', 'ADMIN'];

/** Roles of programs, which send deliveries. */
const servingRoles: readonly Role[] = ['SERVICE'];

/** Roles that read the audit trail. */
const auditingRoles: readonly Role[] = ['AUDITOR', 'ADMIN'];

/** What identify_person answers. A role without a site holds for every site of the organization. */
export const identity = z.object({
  personId: z.guid(),
  organizationId: z.guid(),
  roles: z.array(z.object({ role, siteId: z.guid().nullable() })),
  siteIds: z.array(z.guid()),
});
export type Identity = z.infer<typeof identity>;

/** Whom a request speaks for and what they may see and change. */
export interface Viewer extends Tenant {
  reviewableSiteIds: string[];
  administeredSiteIds: string[];
  servedSiteIds: string[];
  auditedSiteIds: string[];
  auditsOrganization: boolean;
  /** Sites whose pictures may be seen: an auditor reads who saw them, and sees none. */
  picturedSiteIds: string[];
  /** The provider's name for the person. */
  subject: string;
  /** When the token ends, in milliseconds since the epoch. */
  expiresAt: number;
}

export function viewerOf(identity: Identity, token: { subject: string; expiresAt: number }): Viewer {
  const sitesOf = (roles: { siteId: string | null }[]) =>
    roles.some(({ siteId }) => siteId === null)
      ? identity.siteIds
      : identity.siteIds.filter((id) => roles.some(({ siteId }) => siteId === id));
  const sitesWith = (which: readonly Role[]) =>
    sitesOf(identity.roles.filter(({ role }) => which.includes(role)));
  return {
    organizationId: identity.organizationId,
    personId: identity.personId,
    siteIds: sitesOf(identity.roles),
    writableSiteIds: sitesWith(writingRoles),
    reviewableSiteIds: sitesWith(reviewingRoles),
    administeredSiteIds: sitesWith(administeringRoles),
    servedSiteIds: sitesWith(servingRoles),
    auditedSiteIds: sitesWith(auditingRoles),
    auditsOrganization: identity.roles.some(
      ({ role, siteId }) => siteId === null && auditingRoles.includes(role),
    ),
    picturedSiteIds: sitesOf(identity.roles.filter(({ role }) => role !== 'AUDITOR')),
    ...token,
  };
}
