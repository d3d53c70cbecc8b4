import type { Interval, ReliabilityWithInterval } from '@lucency/model/card';
import { dot, line, place, rectangle, text, unitSquare } from '@lucency/plots';
import { withBand } from '../plots/curves.js';
import type { AcceptanceReport, JudgedPoint } from './acceptance-report.js';

const letters = { screening: 's', balanced: 'b', 'rule-in': 'r' } as const;

/** The curve on the site's cases, with the card's operating points and the refitted ones. */
export function drawSiteRoc({ roc, auc, card, site }: AcceptanceReport): string {
  const points = (of: readonly JudgedPoint[], name: string, beside: number) =>
    of.flatMap(({ purpose, sensitivity, specificity }) => {
      const at = place({ x: 1 - specificity.value, y: sensitivity.value });
      return [
        dot(at, name, 5),
        text({ x: at.x + beside, y: at.y + 4 }, letters[purpose], beside < 0 ? 'small end' : 'small'),
      ];
    });
  return unitSquare({ title: `ROC, area ${withBounds(auc)}`, across: '1 - specificity', up: 'sensitivity' }, [
    line(place({ x: 0, y: 0 }), place({ x: 1, y: 1 }), 'guide'),
    ...withBand([{ x: 0, y: 0, low: 0, high: 0 }, ...roc]),
    ...points(card.points, 'dot', -9),
    ...points(site.points, 'mark', 9),
    dot(place({ x: 0.53, y: 0.16 }), 'dot', 4),
    text(place({ x: 0.56, y: 0.148 }), "the card's points", 'small'),
    dot(place({ x: 0.53, y: 0.1 }), 'mark', 4),
    text(place({ x: 0.56, y: 0.088 }), 'refitted, on unseen patients', 'small'),
    text(place({ x: 0.56, y: 0.028 }), 'screening, balanced, rule-in', 'small quiet'),
  ]);
}

/** Mean probability against observed rate, by the card's calibration and by the site's; the diagonal is honest. */
export function drawSiteReliability({ card, site }: AcceptanceReport): string {
  const bins = (of: readonly ReliabilityWithInterval[], mark: string, whisker: string) =>
    of.flatMap(({ meanProbability, observedRate }) => [
      line(
        place({ x: meanProbability, y: observedRate.low }),
        place({ x: meanProbability, y: observedRate.high }),
        whisker,
      ),
      dot(place({ x: meanProbability, y: observedRate.value }), mark, 4),
    ]);
  const [before, after] = [card.calibration.error.value, site.calibration.error.value];
  return unitSquare(
    { title: 'Reliability on unseen patients', across: 'mean probability', up: 'share with pneumonia' },
    [
      line(place({ x: 0, y: 0 }), place({ x: 1, y: 1 }), 'guide'),
      ...bins(card.calibration.reliability, 'dot', 'axis'),
      ...bins(site.calibration.reliability, 'mark', 'whisker'),
      rectangle(place({ x: 0.5, y: 0.21 }), place({ x: 0.99, y: 0.07 }), 'page'),
      dot(place({ x: 0.53, y: 0.17 }), 'dot', 4),
      text(place({ x: 0.56, y: 0.158 }), `the card's, error ${before.toFixed(2)}`, 'small'),
      dot(place({ x: 0.53, y: 0.11 }), 'mark', 4),
      text(place({ x: 0.56, y: 0.098 }), `the site's, error ${after.toFixed(2)}`, 'small'),
    ],
  );
}

function withBounds({ value, low, high }: Interval): string {
  return `${value.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`;
}
