import { ReviewOpinion as opinions } from '../../generated/prisma/enums.js';
import { type Finding, findings, isFinding } from '../../review/findings.js';
import { builder } from '../builder.js';
import { Person } from '../person/person.js';
import { Decision } from '../reading/reading.js';

export const ReviewOpinion = builder.enumType(opinions, {
  name: 'ReviewOpinion',
  description: 'What the reviewer thinks of the answer of the model.',
});

export const ReviewFinding = builder.enumType('ReviewFinding', {
  values: Object.keys(findings) as [Finding, ...Finding[]],
});

const CodedFinding = builder.objectRef<Finding>('CodedFinding').implement({
  fields: (t) => ({
    code: t.field({ type: ReviewFinding, resolve: (finding) => finding }),
    name: t.string({ resolve: (finding) => findings[finding].name }),
    snomed: t.string({
      description: 'The concept of SNOMED CT; null where it has none.',
      nullable: true,
      resolve: (finding) => findings[finding].snomed,
    }),
  }),
});

export const Review = builder.prismaNode('Review', {
  id: { field: 'id' },
  description: 'What a person signed of a study. It is never changed: what is said later is an addendum.',
  fields: (t) => ({
    opinion: t.expose('opinion', { type: ReviewOpinion }),
    finding: t.field({
      type: CodedFinding,
      select: { finding: true },
      resolve: ({ finding }) => (isFinding(finding) ? finding : 'OTHER'),
    }),
    comment: t.exposeString('comment'),
    number: t.exposeInt('number', { description: '1 is the review, later ones are addenda.' }),
    isAddendum: t.boolean({ select: { number: true }, resolve: ({ number }) => number > 1 }),
    decision: t.expose('decision', {
      type: Decision,
      nullable: true,
      description: 'What the study answered when this was signed; null where nothing was read.',
    }),
    probability: t.exposeFloat('probability', { nullable: true }),
    signedBy: t.relation('signedBy', { type: Person }),
    signedAt: t.expose('signedAt', { type: 'DateTime' }),
  }),
});
