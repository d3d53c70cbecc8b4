import { pneumoniaType, type PneumoniaType as Told } from '@lucency/contracts';
import { builder } from '../builder.js';

const PneumoniaTypeClaim = builder.enumType('PneumoniaTypeClaim', {
  values: pneumoniaType.shape.says.options,
});

export const PneumoniaType = builder.objectRef<Told>('PneumoniaType').implement({
  description:
    'What type of pneumonia an image looks like: a hint, learnt from children of one hospital, and never a reason to ' +
    'choose an antibiotic or to leave one out. The three fractions sum to 1. They are calibrated apart from ' +
    '`Reading.probability`, so that `normal` need not be the rest of it.',
  fields: (t) => ({
    normal: t.exposeFloat('normal', { description: 'Probability of no pneumonia, 0 to 1.' }),
    bacterial: t.exposeFloat('bacterial', { description: 'Probability of bacterial pneumonia, 0 to 1.' }),
    viral: t.exposeFloat('viral', { description: 'Probability of viral pneumonia, 0 to 1.' }),
    says: t.expose('says', {
      type: PneumoniaTypeClaim,
      description: 'UNCERTAIN when neither type stands out enough to be named.',
    }),
  }),
});

/** What Postgres holds of it. */
export function typeOf(stored: unknown): Told | null {
  return stored === null ? null : pneumoniaType.parse(stored);
}
