import type { EvaluationReport } from '@lucency/model/card';
import { bareSquare, place, rectangle, text } from '@lucency/plots';
import { ratio } from '../confusion.js';

/** Truth down, answer across; a cell is shaded by its share of the truth's row. */
export function drawConfusion({ tp, fp, tn, fn }: EvaluationReport['confusion']): string {
  const cell = (column: number, row: number, count: number, ofRow: number, what: string) => {
    const from = { x: column / 2, y: 1 - row / 2 };
    const middle = place({ x: from.x + 0.25, y: from.y - 0.25 });
    const share = ratio(count, ofRow);
    const colour = share > 0.6 ? ' onDark' : '';
    return [
      rectangle(place(from), place({ x: from.x + 0.5, y: from.y - 0.5 }), 'cell', 0.06 + 0.84 * share),
      text(middle, String(count), `large middle${colour}`),
      text(
        { x: middle.x, y: middle.y + 22 },
        `${(100 * share).toFixed(1)} %, ${what}`,
        `small middle${colour}`,
      ),
    ];
  };
  const below = place({ x: 0, y: 0 }).y + 22;
  const left = place({ x: 0, y: 0 }).x - 8;
  return bareSquare('Confusion matrix', [
    text({ x: place({ x: 0.25, y: 0 }).x, y: below }, 'answered normal', 'small middle'),
    text({ x: place({ x: 0.75, y: 0 }).x, y: below }, 'answered pneumonia', 'small middle'),
    text({ x: left, y: place({ x: 0, y: 0.75 }).y }, 'normal', 'small end'),
    text({ x: left, y: place({ x: 0, y: 0.25 }).y }, 'pneum.', 'small end'),
    ...cell(0, 0, tn, tn + fp, 'left alone'),
    ...cell(1, 0, fp, tn + fp, 'false alarm'),
    ...cell(0, 1, fn, tp + fn, 'missed'),
    ...cell(1, 1, tp, tp + fn, 'found'),
  ]);
}
