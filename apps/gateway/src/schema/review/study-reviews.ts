import { builder } from '../builder.js';
import { Study } from '../study/study.js';
import { Review } from './review.js';

builder.prismaObjectField(Study, 'reviews', (t) =>
  t.relation('reviews', {
    type: Review,
    description: 'What people signed, in that order: the review, then its addenda.',
    complexity: { field: 1, multiplier: 2 },
    query: { orderBy: { number: 'asc' } },
  }),
);
