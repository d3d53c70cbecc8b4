import { auditedType } from '../../audit/entries.js';
import { whereOf } from '../../audit/filter.js';
import { ApiError } from '../api-error.js';
import { builder, maxPageSize } from '../builder.js';
import { decodeId } from '../global-id.js';
import { pageArguments, pageComplexity } from '../page-arguments.js';
import { Person } from '../person/person.js';
import { Site } from '../site/site.js';
import { AuditAction, AuditEntry } from './audit-entry.js';

const AuditFilter = builder.inputType('AuditFilter', {
  fields: (t) => ({
    from: t.field({ type: 'DateTime' }),
    before: t.field({ type: 'DateTime' }),
    actions: t.field({ type: [AuditAction] }),
    personIds: t.globalIDList({ for: Person }),
    siteIds: t.globalIDList({ for: Site }),
    objectId: t.id({
      description:
        'Of a study: everything that concerns it, such as who saw its images. Of anything else: that alone.',
    }),
  }),
});

/** @throws ApiError where it is no id of anything that is audited */
export function objectOf(globalId: string) {
  const { typename, id } = decodeId(globalId);
  const type = auditedType.safeParse(typename);
  if (!type.success) throw new ApiError('BAD_USER_INPUT', 'The audit trail tells nothing of such an object.');
  return { type: type.data, id };
}

builder.queryField('audit', (t) =>
  t.prismaConnection({
    description:
      'Who did and who saw what, the newest first. Auditors and administrators read it, those of one site that of their site; ' +
      'to others it is empty.',
    type: AuditEntry,
    cursor: 'id',
    maxSize: maxPageSize,
    validate: pageArguments,
    args: { filter: t.arg({ type: AuditFilter }) },
    complexity: pageComplexity,
    resolve: async (query, _root, { filter }, { reader }) =>
      (await reader.open()).auditEntry.findMany({
        ...query,
        where: whereOf({
          ...filter,
          personIds: filter?.personIds?.map(({ id }) => id),
          siteIds: filter?.siteIds?.map(({ id }) => id),
          object: filter?.objectId ? objectOf(filter.objectId) : null,
        }),
        orderBy: [{ at: 'desc' }, { position: 'desc' }],
      }),
  }),
);
