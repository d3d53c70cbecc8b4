import { signReview } from '../../review/sign-review.js';
import { InputError, NotFoundError, StateError } from '../../submission/errors.js';
import { builder } from '../builder.js';
import { Study } from '../study/study.js';
import { freshly, payload } from '../study/study-payload.js';
import { ReviewFinding, ReviewOpinion } from './review.js';

const SignReviewInput = builder.inputType('SignReviewInput', {
  fields: (t) => ({
    studyId: t.globalID({ for: Study, required: true }),
    opinion: t.field({ type: ReviewOpinion, required: true }),
    finding: t.field({ type: ReviewFinding, required: true }),
    comment: t.string({ description: 'At most 2,000 characters; needed where the finding is OTHER.' }),
    reviewsSeen: t.int({
      required: true,
      description:
        'How many reviews of the study its author has seen: if others were signed since, nothing is signed. A repeated ' +
        'review with the same number is answered with the first.',
    }),
  }),
});

builder.mutationField('signReview', (t) =>
  t.field({
    description: 'Signs a review, or an addendum where the study has a review. Radiologists of the site may.',
    type: payload('SignReviewPayload'),
    args: { input: t.arg({ type: SignReviewInput, required: true }) },
    errors: { types: [InputError, NotFoundError, StateError], union: { name: 'SignReviewResult' } },
    resolve: (_root, { input }, context) =>
      freshly('signReview', context, async () => {
        const studyId = input.studyId.id;
        const change = await signReview(context.deps, context.viewer, {
          studyId,
          opinion: input.opinion,
          finding: input.finding,
          comment: input.comment ?? null,
          reviewsSeen: input.reviewsSeen,
        });
        if (change) context.deps.announce(change);
        return { studyId };
      }),
  }),
);
