import type { SignedAddress as Shape, ViewGrant } from '../addresses/signed-addresses.js';
import { builder } from './builder.js';
import type { OperationContext } from './context.js';

export const SignedAddress = builder.objectRef<Shape>('SignedAddress').implement({
  description: 'Fetch it with GET and without credentials before it expires; ask again for a fresh one.',
  fields: (t) => ({
    url: t.exposeString('url'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
  }),
});

/** An address of a picture in the viewer's name; null for auditors, who read who saw it and see none. */
export function addressFor(
  { viewer, deps }: OperationContext,
  use: ViewGrant['use'],
  { id, organizationId, siteId }: { id: string; organizationId: string; siteId: string },
): Promise<Shape> | null {
  if (!viewer.picturedSiteIds.includes(siteId)) return null;
  return deps.addresses.forViewing({ use, id, organizationId, siteId, personId: viewer.personId });
}
