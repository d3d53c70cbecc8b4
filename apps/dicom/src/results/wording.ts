/** As the portal says it beside each answer. */
export const notForDiagnosis = 'Never a diagnosis by itself. A qualified person decides.';

/** As the portal says it of a heatmap that is shown with a caution. */
export const cautiousHeatmap =
  'Take this heatmap with care: showing and hiding the places it marks moved the answer only a little.';
