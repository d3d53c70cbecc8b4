import { sharesOfTypes } from '@lucency/contracts/findings';
import type { StudyDetailFragment } from '../gql/graphql';
import { percent } from './probability-bar';

type Reading = NonNullable<StudyDetailFragment['images'][number]['reading']>;

export interface TypeWords {
  finding: string;
  hint: string;
}

/** What type of pneumonia an image looks like, and how little that is worth. */
export function typeInWords(type: NonNullable<Reading['type']>): TypeWords {
  const { bacterial, viral } = sharesOfTypes(type);
  const hint =
    'A hint only, learnt from children of one hospital: no reason to choose an antibiotic or to leave one out.';
  switch (type.says) {
    case 'BACTERIAL':
      return {
        finding: `Looks more like bacterial pneumonia (${percent(bacterial)}) than viral (${percent(viral)}).`,
        hint,
      };
    case 'VIRAL':
      return {
        finding: `Looks more like viral pneumonia (${percent(viral)}) than bacterial (${percent(bacterial)}).`,
        hint,
      };
    case 'UNCERTAIN':
      return { finding: 'Bacterial or viral: uncertain.', hint: 'This image alone does not tell.' };
  }
}
