import type { Viewer as ViewerShape } from '../../identity/viewer.js';
import { builder } from '../builder.js';
import { Organization } from '../organization/organization.js';
import { Person } from '../person/person.js';
import { Site } from '../site/site.js';

const Viewer = builder.objectRef<ViewerShape>('Viewer').implement({
  description: 'Whom the access token speaks for.',
  fields: (t) => ({
    person: t.prismaField({
      type: Person,
      resolve: async (query, { personId }, _args, { reader }) =>
        (await reader.open()).person.findUniqueOrThrow({ ...query, where: { id: personId } }),
    }),
    organization: t.prismaField({
      type: Organization,
      resolve: async (query, { organizationId }, _args, { reader }) =>
        (await reader.open()).organization.findUniqueOrThrow({ ...query, where: { id: organizationId } }),
    }),
    readsAudit: t.boolean({
      description: 'Whether the audit trail, or that of some sites, is there for the viewer.',
      resolve: ({ auditedSiteIds }) => auditedSiteIds.length > 0,
    }),
    sites: t.prismaField({
      description: 'Sites whose studies the viewer may see, by name.',
      type: [Site],
      resolve: async (query, _viewer, _args, { reader }) =>
        (await reader.open()).site.findMany({ ...query, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    }),
  }),
});

builder.queryField('viewer', (t) => t.field({ type: Viewer, resolve: (_root, _args, { viewer }) => viewer }));
