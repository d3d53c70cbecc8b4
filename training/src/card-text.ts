/** What the card says in words about models trained on this data set. */

export const source = 'Kermany, Zhang and Goldbaum 2018, Mendeley Data v2, doi:10.17632/rscbjbr9sj.2';
export const licence = 'CC BY 4.0';
export const population =
  'Children of one to five years, Guangzhou Women and Children’s Medical Center; anterior-posterior views';
/** One to five years, both whole: the sixth birthday ends the range. */
export const ageRangeMonths = { from: 12, to: 71 };

export const intendedUse =
  'A second look at frontal chest X-rays of children of one to five years, for people qualified to read them. ' +
  'It is no medical device, and never a diagnosis by itself.';

export const limits = [
  'Trained on children of one hospital. Public reports of like models fall to an AUC of 0.54 at another hospital: ' +
    'measure it on your own images before any use.',
  'Knows pneumonia and normal only: other findings are answered as one of the two.',
  'Trained from conv4 up; what differs between hospitals was only imitated by code. On images taken in another way, ' +
    'specificity drops first.',
  'The figures of this card come from a split of one data set by patient, which flatters.',
  'A heatmap shows what moved the answer, not where the disease is.',
];
