import { builder } from '../builder.js';
import { Study } from './study.js';

const usualPriors = 10;
const mostPriors = 50;

builder.prismaObjectField(Study, 'priors', (t) =>
  t.prismaField({
    type: [Study],
    description:
      'Earlier studies of the same patient reference at the same site, the newest first. Elsewhere the same reference may be ' +
      'another patient.',
    args: {
      first: t.arg.int({ defaultValue: usualPriors, description: `At most ${mostPriors}.` }),
    },
    complexity: ({ first }) => ({ field: 5, multiplier: Math.min(mostPriors, first ?? usualPriors) / 5 }),
    select: { id: true, siteId: true, patientReference: true, createdAt: true },
    resolve: async (query, { id, siteId, patientReference, createdAt }, { first }, { reader }) =>
      (await reader.open()).study.findMany({
        ...query,
        where: {
          siteId,
          patientReference,
          id: { not: id },
          createdAt: { lte: createdAt },
          withdrawnAt: null,
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: Math.max(0, Math.min(mostPriors, first ?? usualPriors)),
      }),
  }),
);
