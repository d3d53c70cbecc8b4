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

/** What the card says of training data: of this data set alone, or with others beside it. */
export function dataSets(others: readonly string[]) {
  const home = { name: 'Chest X-Ray Images (Pneumonia)', source, licence, population };
  if (others.length === 0) return home;
  return {
    name: `${home.name}, and ${others.join(', ')}`,
    source: `${source}; of the others see their manifests`,
    licence: `${licence}; of the others their own`,
    population: `${population}; and frontal views of the patients of ${others.join(', ')}`,
  };
}

/** Of a model that learnt from several hospitals and is shown the lungs. */
export const limitsOfSeveral = [
  'Trained on children of one hospital and a few hundred adults of another. The ages it is meant for are those of the ' +
    'children: figures on adults are of one hospital, whose labels are noisy.',
  'No third hospital was tested. Measure it on your own images before any use.',
  'Knows pneumonia and normal only. Other abnormal pictures were shown as normals in training, and are still the ones ' +
    'it most often takes for pneumonia.',
  'Shown the crop of the lungs that another network finds: where that is wrong, so may be the answer.',
  'Trained from conv4 up, on pictures of 224 pixels.',
  'A heatmap shows what moved the answer, not where the disease is.',
];

export const limits = [
  'Trained on children of one hospital. Public reports of like models fall to an AUC of 0.54 at another hospital: ' +
    'measure it on your own images before any use.',
  'Knows pneumonia and normal only: other findings are answered as one of the two.',
  'Trained from conv4 up; what differs between hospitals was only imitated by code. On images taken in another way, ' +
    'specificity drops first.',
  'The figures of this card come from a split of one data set by patient, which flatters.',
  'A heatmap shows what moved the answer, not where the disease is.',
];
