import { z } from 'zod';
import { type AuditAction as Action, auditAction, auditActions } from '../../audit/entries.js';
import { builder } from '../builder.js';
import { encodeId } from '../global-id.js';
import { Person } from '../person/person.js';
import { Site } from '../site/site.js';

const knownAction = auditAction.nullable().catch(null);
const words = z.record(z.string(), z.string()).catch({});

export const AuditAction = builder.enumType('AuditAction', {
  description: 'What the audit trail tells of.',
  values: Object.fromEntries(
    auditAction.options.map((action) => [action, { value: action, description: auditActions[action] }]),
  ) as Record<Action, { value: Action; description: string }>,
});

const AuditDetail = builder.objectRef<{ name: string; value: string }>('AuditDetail').implement({
  fields: (t) => ({ name: t.exposeString('name'), value: t.exposeString('value') }),
});

export const AuditEntry = builder.prismaNode('AuditEntry', {
  id: { field: 'id' },
  description: 'Who did or saw what, and when. It is never changed.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime' }),
    action: t.field({
      type: AuditAction,
      nullable: true,
      description: 'Null where a newer version of this service wrote it.',
      select: { action: true },
      resolve: ({ action }) => knownAction.parse(action),
    }),
    person: t.relation('person', {
      type: Person,
      nullable: true,
      description: 'Null where a part of this service did it for nobody in particular.',
    }),
    part: t.exposeString('part', { nullable: true, description: 'That part.' }),
    site: t.relation('site', {
      type: Site,
      nullable: true,
      description: 'Null of what concerns the whole organization.',
    }),
    objectType: t.exposeString('objectType'),
    objectId: t.id({
      description: 'The id that the object has in this API.',
      select: { objectType: true, objectId: true },
      resolve: ({ objectType, objectId }) => encodeId(objectType, objectId),
    }),
    studyId: t.id({
      nullable: true,
      description: 'The study that it concerns, however it does.',
      select: { studyId: true },
      resolve: ({ studyId }) => (studyId === null ? null : encodeId('Study', studyId)),
    }),
    details: t.field({
      type: [AuditDetail],
      select: { details: true },
      resolve: ({ details }) =>
        Object.entries(words.parse(details)).map(([name, value]) => ({ name, value })),
    }),
    number: t.int({
      nullable: true,
      description: 'Its place in the chain of the organization; null for the seconds until it is sealed.',
      select: { seal: { select: { number: true } } },
      resolve: ({ seal }) => (seal ? Number(seal.number) : null),
    }),
  }),
});
