import { z } from 'zod';

/** Announced on core NATS after each recorded change; lost ones show as a gap in the revision. */
export const changeAnnouncement = z.object({
  organizationId: z.guid(),
  /** The organization's revision after the change; each transaction raises it by one. */
  revision: z.int().positive(),
  studies: z.array(z.object({ id: z.guid(), siteId: z.guid() })),
  /** Revisions of the sites of these studies after the change; gateways before them leave this out. */
  sites: z.array(z.object({ id: z.guid(), revision: z.int().positive() })).optional(),
});
export type ChangeAnnouncement = z.infer<typeof changeAnnouncement>;
