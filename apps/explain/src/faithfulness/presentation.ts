import type { Presentation } from '@lucency/contracts';
import type { ModelCard } from '@lucency/model/card';

/**
 * How a heatmap may be shown: the less showing and hiding the places it marks moves the answer, the less it
 * explains. A model without thresholds has all of them shown plainly.
 */
export function presentationOf(score: number, thresholds: ModelCard['faithfulness']): Presentation {
  if (!thresholds) return 'PLAIN';
  if (score < thresholds.withholdBelow) return 'WITHHELD';
  return score < thresholds.cautionBelow ? 'CAUTIOUS' : 'PLAIN';
}
