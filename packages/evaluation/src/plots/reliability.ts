import type { EvaluationReport } from '@lucency/model/card';
import { dot, line, place, rectangle, text, unitSquare } from '@lucency/plots';

/**
 * Mean probability against observed rate in each bin, with 95 % intervals; the diagonal is honest. The numbers along the
 * top count the images.
 */
export function drawReliability({ reliability, ece, prior }: EvaluationReport): string {
  return unitSquare(
    {
      title: `Reliability, error ${ece.toFixed(3)} at ${(100 * prior).toFixed(0)} % pneumonia`,
      across: 'mean probability',
      up: 'share with pneumonia',
    },
    [
      ...reliability.flatMap(({ from, to, count, observedRate }) => [
        rectangle(place({ x: from, y: observedRate.value }), place({ x: to, y: 0 }), 'bar'),
        text(place({ x: (from + to) / 2, y: 1.012 }), String(count), 'small middle quiet'),
      ]),
      line(place({ x: 0, y: 0 }), place({ x: 1, y: 1 }), 'guide'),
      ...reliability.flatMap(({ meanProbability, observedRate }) => [
        line(
          place({ x: meanProbability, y: observedRate.low }),
          place({ x: meanProbability, y: observedRate.high }),
          'whisker',
        ),
        dot(place({ x: meanProbability, y: observedRate.value }), 'mark', 4),
      ]),
    ],
  );
}
