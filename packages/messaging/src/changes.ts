import { z } from 'zod';

/** Announced on core NATS after each recorded change; lost ones show as a gap in the revision. */
export const changeAnnouncement = z.object({
  organizationId: z.uuid(),
  /** The organization's revision after the change; each transaction raises it by one. */
  revision: z.int().positive(),
  studies: z.array(z.object({ id: z.uuid(), siteId: z.uuid() })),
});
export type ChangeAnnouncement = z.infer<typeof changeAnnouncement>;
