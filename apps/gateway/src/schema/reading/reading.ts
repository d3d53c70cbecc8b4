import { Decision as decisions } from '../../generated/prisma/enums.js';
import { builder } from '../builder.js';

export const Decision = builder.enumType(decisions, { name: 'Decision' });

export const Reading = builder.prismaNode('Reading', {
  id: { field: 'id' },
  nullable: true,
  description: 'What a model said about an image.',
  fields: (t) => ({
    probability: t.exposeFloat('probability', {
      description: 'The calibrated probability of pneumonia, 0 to 1.',
    }),
    threshold: t.exposeFloat('threshold', { description: 'At or above it the decision is PNEUMONIA.' }),
    decision: t.expose('decision', { type: Decision }),
    inverted: t.exposeBoolean('inverted', {
      description: 'The image came as a negative and was turned round before it was read.',
    }),
    modelId: t.exposeString('modelId'),
    engine: t.exposeString('engine'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});
