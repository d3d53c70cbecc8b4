import { type ReadingClaim, readingClaim } from '@lucency/contracts';
import { builder } from '../builder.js';

const Claim = builder.enumType('Claim', { values: readingClaim.shape.says.options });

export const CoveredClaim = builder.objectRef<ReadingClaim>('CoveredClaim').implement({
  description:
    'What the model claims when it may be wrong only so often: for at least a share of `coverage` of patients like ' +
    'those it was calibrated on, healthy or ill, the claim does not leave out the truth. No other patients are covered.',
  fields: (t) => ({
    coverage: t.exposeFloat('coverage', { description: '0 to 1.' }),
    says: t.expose('says', {
      type: Claim,
      description: 'CANNOT_TELL when both answers, or neither, are compatible with that coverage.',
    }),
    source: t.exposeString('source', {
      nullable: true,
      description: 'The data set whose patients it is promised to; null where the model does not say.',
    }),
  }),
});
