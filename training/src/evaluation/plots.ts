import {
  areaUnderRoc,
  type Confusion,
  type CurvePoint,
  confusionAt,
  precisionRecallCurve,
  rates,
  ratio,
  reliability,
  rocCurve,
  type Scored,
} from './metrics.js';
import { axes, curve, dot, escapeText, line, rectangle, svg, text, toX, toY } from './svg.js';

export function drawRoc(rows: readonly Scored[], threshold: number): string {
  const { sensitivity, specificity } = rates(confusionAt(rows, threshold));
  return svg('ROC curve', [
    axes('1 - specificity', 'sensitivity', `ROC, area ${areaUnderRoc(rows).toFixed(4)}`),
    line({ x: 0, y: 0 }, { x: 1, y: 1 }, 'guide'),
    curve(rocCurve(rows)),
    ...operatingPoint({ x: 1 - specificity, y: sensitivity }, threshold),
  ]);
}

export function drawPrecisionRecall(rows: readonly Scored[], threshold: number): string {
  const { sensitivity, precision } = rates(confusionAt(rows, threshold));
  const share = ratio(rows.filter(({ label }) => label === 1).length, rows.length);
  return svg('Precision-recall curve', [
    axes('recall (sensitivity)', 'precision', 'Precision and recall'),
    line({ x: 0, y: share }, { x: 1, y: share }, 'guide'),
    curve(precisionRecallCurve(rows)),
    ...operatingPoint({ x: sensitivity, y: precision }, threshold),
  ]);
}

/** Bars say how often pneumonia was there among images given that probability; the diagonal is honest. */
export function drawReliability(rows: readonly Scored[]): string {
  const bins = reliability(rows);
  return svg('Reliability diagram', [
    axes('probability said', 'share with pneumonia', 'Calibration'),
    ...bins.flatMap(({ count, was }, index) => {
      if (count === 0) return [];
      const left = { x: index / bins.length, y: was };
      return [
        rectangle(left, { x: (index + 1) / bins.length, y: 0 }, 'bar'),
        text(toX(left.x + 0.5 / bins.length), toY(was) - 4, String(count), 'small middle'),
      ];
    }),
    line({ x: 0, y: 0 }, { x: 1, y: 1 }, 'guide'),
  ]);
}

export function drawConfusion({ tp, fp, tn, fn }: Confusion): string {
  const total = tp + fp + tn + fn;
  const cell = (column: number, row: number, count: number, what: string) => {
    const from = { x: column / 2, y: 1 - row / 2 };
    const shade = 0.08 + 0.72 * ratio(count, total);
    return [
      rectangle(from, { x: from.x + 0.5, y: from.y - 0.5 }, 'cell', shade),
      text(toX(from.x + 0.25), toY(from.y - 0.25), String(count), 'large middle'),
      text(toX(from.x + 0.25), toY(from.y - 0.25) + 22, escapeText(what), 'small middle'),
    ];
  };
  return svg('Confusion matrix', [
    text(toX(0.5), 26, 'Confusion', 'title middle'),
    text(toX(0.25), toY(0) + 22, 'said NORMAL', 'small middle'),
    text(toX(0.75), toY(0) + 22, 'said PNEUMONIA', 'small middle'),
    text(toX(0) - 8, toY(0.75), 'NORMAL', 'small end'),
    text(toX(0) - 8, toY(0.25), 'PNEUM.', 'small end'),
    ...cell(0, 0, tn, 'true negatives'),
    ...cell(1, 0, fp, 'false positives'),
    ...cell(0, 1, fn, 'false negatives'),
    ...cell(1, 1, tp, 'true positives'),
  ]);
}

function operatingPoint(at: CurvePoint, threshold: number): string[] {
  return [dot(at), text(toX(0.97), toY(0.05), `dot: threshold ${threshold.toFixed(3)}`, 'small end')];
}
