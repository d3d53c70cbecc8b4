import {
  DestinationAuthentication as authentications,
  DestinationKind as kinds,
} from '../../generated/prisma/enums.js';
import { builder } from '../builder.js';
import { Site } from '../site/site.js';

export const DestinationKind = builder.enumType(kinds, {
  name: 'DestinationKind',
  description:
    'How it is reached: DICOM by C-STORE, DICOMWEB by STOW-RS, FHIR by a transaction of release 4.',
});

export const DestinationAuthentication = builder.enumType(authentications, {
  name: 'DestinationAuthentication',
  description: 'OAUTH: client credentials.',
});

export const Destination = builder.prismaNode('Destination', {
  id: { field: 'id' },
  description: 'Where the results of a site go: a PACS or a FHIR server.',
  fields: (t) => ({
    site: t.relation('site', { type: Site }),
    name: t.exposeString('name'),
    kind: t.expose('kind', { type: DestinationKind }),
    enabled: t.exposeBoolean('enabled', {
      description: 'Nothing is sent while this is false; what waited goes once it is true again.',
    }),
    aeTitle: t.exposeString('aeTitle', { nullable: true, description: 'Of DICOM: whom to call.' }),
    callingAeTitle: t.exposeString('callingAeTitle', { nullable: true, description: 'Of DICOM: as whom.' }),
    host: t.exposeString('host', { nullable: true }),
    port: t.exposeInt('port', { nullable: true }),
    tls: t.exposeBoolean('tls'),
    url: t.exposeString('url', { nullable: true, description: 'Of DICOMWEB and FHIR: the base address.' }),
    authentication: t.expose('authentication', { type: DestinationAuthentication }),
    secretName: t.string({
      nullable: true,
      description:
        'Of a secret that the sending service holds for this site; the secret itself is not kept here. Null for all but ' +
        'administrators of the site and whoever sends.',
      select: { siteId: true, secretName: true },
      resolve: ({ siteId, secretName }, _args, { viewer }) =>
        [...viewer.administeredSiteIds, ...viewer.servedSiteIds].includes(siteId) ? secretName : null,
    }),
    userName: t.string({
      nullable: true,
      description: 'Of BASIC; of OAUTH, the id of the client. Null for the same.',
      select: { siteId: true, userName: true },
      resolve: ({ siteId, userName }, _args, { viewer }) =>
        [...viewer.administeredSiteIds, ...viewer.servedSiteIds].includes(siteId) ? userName : null,
    }),
    issuer: t.exposeString('issuer', { nullable: true, description: 'Of OAUTH: the sign-in provider.' }),
    scope: t.exposeString('scope', { nullable: true }),
    audience: t.exposeString('audience', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
