import { builder } from '../builder.js';

export const Site = builder.prismaNode('Site', {
  id: { field: 'id' },
  nullable: true,
  fields: (t) => ({
    name: t.exposeString('name'),
    viewerCanSubmit: t.boolean({
      description: 'Whether the viewer may submit, retry and withdraw studies here.',
      select: { id: true },
      resolve: ({ id }, _args, { viewer }) => viewer.writableSiteIds.includes(id),
    }),
    viewerCanAdministrate: t.boolean({
      description: 'Whether the viewer may set up destinations here and send again what failed.',
      select: { id: true },
      resolve: ({ id }, _args, { viewer }) => viewer.administeredSiteIds.includes(id),
    }),
    viewerSeesImages: t.boolean({
      description: 'Whether the viewer is given addresses of images and heatmaps; auditors are not.',
      select: { id: true },
      resolve: ({ id }, _args, { viewer }) => viewer.picturedSiteIds.includes(id),
    }),
    refusesOutOfRangeAge: t.exposeBoolean('refusesOutOfRangeAge', {
      description: "Images of patients outside the model's age range are refused here.",
    }),
    timeZone: t.exposeString('timeZone', {
      description: 'IANA name. Ages are counted on the day it is here.',
    }),
    waitingLimitMinutes: t.exposeInt('waitingLimitMinutes', {
      nullable: true,
      description:
        'MOST_URGENT_FIRST puts studies that have waited longer for a review above all others of their priority; null where ' +
        'the site sets no limit.',
    }),
  }),
});
