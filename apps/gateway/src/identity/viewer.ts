import { z } from 'zod';
import type { Tenant } from '../database/tenant.js';

export const role = z.enum(['TECHNOLOGIST', 'RADIOLOGIST', 'SITE_ADMIN', 'ADMIN', 'AUDITOR', 'SERVICE']);
export type Role = z.infer<typeof role>;

/** Roles that add studies and take them back; the others only see them. */
const writingRoles: readonly Role[] = ['TECHNOLOGIST', 'SITE_ADMIN', 'ADMIN', 'SERVICE'];

/** Roles that review and sign. */
const reviewingRoles: readonly Role[] = ['RADIOLOGIST'];

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
  return {
    organizationId: identity.organizationId,
    personId: identity.personId,
    siteIds: sitesOf(identity.roles),
    writableSiteIds: sitesOf(identity.roles.filter(({ role }) => writingRoles.includes(role))),
    reviewableSiteIds: sitesOf(identity.roles.filter(({ role }) => reviewingRoles.includes(role))),
    ...token,
  };
}
