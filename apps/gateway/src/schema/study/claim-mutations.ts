import { claimStudy, releaseStudy } from '../../claim/claim-study.js';
import { NotFoundError, StateError } from '../../submission/errors.js';
import { builder } from '../builder.js';
import { Study } from './study.js';
import { freshly, payload } from './study-payload.js';

const ClaimStudyInput = builder.inputType('ClaimStudyInput', {
  fields: (t) => ({ studyId: t.globalID({ for: Study, required: true }) }),
});

builder.mutationField('claimStudy', (t) =>
  t.field({
    description:
      'Says that the viewer reads this study, for 15 minutes; claiming it again extends that. Radiologists of the site may, ' +
      'as long as nobody else reads it and nobody has reviewed it.',
    type: payload('ClaimStudyPayload'),
    args: { input: t.arg({ type: ClaimStudyInput, required: true }) },
    errors: { types: [NotFoundError, StateError], union: { name: 'ClaimStudyResult' } },
    resolve: (_root, { input }, context) =>
      freshly('claimStudy', context, async () => {
        const studyId = input.studyId.id;
        const change = await claimStudy(context.deps, context.viewer, studyId);
        if (change) context.deps.announce(change);
        return { studyId };
      }),
  }),
);

const ReleaseStudyInput = builder.inputType('ReleaseStudyInput', {
  fields: (t) => ({ studyId: t.globalID({ for: Study, required: true }) }),
});

builder.mutationField('releaseStudy', (t) =>
  t.field({
    description: 'Lets others read a study that the viewer claimed; changes nothing where they did not.',
    type: payload('ReleaseStudyPayload'),
    args: { input: t.arg({ type: ReleaseStudyInput, required: true }) },
    errors: { types: [NotFoundError], union: { name: 'ReleaseStudyResult' } },
    resolve: (_root, { input }, context) =>
      freshly('releaseStudy', context, async () => {
        const studyId = input.studyId.id;
        const change = await releaseStudy(context.deps, context.viewer, studyId);
        if (change) context.deps.announce(change);
        return { studyId };
      }),
  }),
);
