import type { ModelCard } from '@lucency/model/card';
import { builder } from '../builder.js';

const AgeRange = builder.objectRef<{ from: number; to: number }>('AgeRange').implement({
  description: 'Months of age, both ends included.',
  fields: (t) => ({ from: t.exposeInt('from'), to: t.exposeInt('to') }),
});

const Model = builder.objectRef<ModelCard>('Model').implement({
  description: 'The model that reads new studies, as its card describes it.',
  fields: (t) => ({
    id: t.exposeString('id'),
    architecture: t.exposeString('architecture'),
    trainedOn: t.string({
      resolve: ({ trainedOn }) => `${trainedOn.name}: ${trainedOn.population}`,
    }),
    threshold: t.exposeFloat('threshold'),
    ageRangeMonths: t.expose('ageRangeMonths', { type: AgeRange }),
    intendedUse: t.exposeString('intendedUse'),
    limits: t.exposeStringList('limits'),
  }),
});

builder.queryField('model', (t) => t.field({ type: Model, resolve: (_root, _args, { deps }) => deps.card }));
