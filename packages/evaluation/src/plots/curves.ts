import type { BandPoint, EvaluationReport } from '@lucency/model/card';
import { dot, line, place, polygon, polyline, text, unitSquare } from '@lucency/plots';

/** The shade is the 95 % interval at each place across. */
export function drawRoc({
  roc,
  auc,
  intervals,
  sensitivity,
  specificity,
  threshold,
}: EvaluationReport): string {
  const { low, high } = intervals.auc;
  return unitSquare(
    {
      title: `ROC, area ${auc.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`,
      across: '1 - specificity',
      up: 'sensitivity',
    },
    [
      line(place({ x: 0, y: 0 }), place({ x: 1, y: 1 }), 'guide'),
      ...withBand([{ x: 0, y: 0, low: 0, high: 0 }, ...roc]),
      ...operatingPoint(1 - specificity, sensitivity, threshold),
    ],
  );
}

/** The guide is what answering at random would give. */
export function drawPrecisionRecall(report: EvaluationReport): string {
  const { precisionRecall, prior, sensitivity, precision, threshold } = report;
  return unitSquare({ title: 'Precision and recall', across: 'recall (sensitivity)', up: 'precision' }, [
    line(place({ x: 0, y: prior }), place({ x: 1, y: prior }), 'guide'),
    ...withBand(precisionRecall),
    ...operatingPoint(sensitivity, precision, threshold),
  ]);
}

export function withBand(points: readonly BandPoint[]): string[] {
  const upper = points.map(({ x, high }) => place({ x, y: high }));
  const lower = points.map(({ x, low }) => place({ x, y: low }));
  return [polygon([...upper, ...lower.reverse()], 'band'), polyline(points.map(place))];
}

function operatingPoint(x: number, y: number, threshold: number): string[] {
  const caption = `dot: threshold ${threshold.toFixed(3)}; shade: 95 % interval`;
  return [dot(place({ x, y })), text(place({ x: 0.97, y: 0.05 }), caption, 'small end')];
}
