import { meanWithInterval, Ranking, withIntervals } from '@lucency/evaluation';
import { decideType, type PneumoniaTypes, type ReportSections, typeClasses } from '@lucency/model/card';
import { countPatients } from '@lucency/statistics';
import type { TypeAnswer } from './choose-types.js';

const classes = [0, 1, 2] as const;

/** How well normal, bacterial and viral are told apart, and what a named type is worth. */
export function measureTypes(
  answers: readonly TypeAnswer[],
  types: PneumoniaTypes,
): NonNullable<ReportSections['types']> {
  const rows = answers.flatMap(({ types: logits, type, patient }) => {
    const hint = decideType(logits, { types });
    if (!hint) return [];
    const { normal, bacterial, viral, says } = hint;
    return [
      {
        type,
        patient,
        label: type > 0 ? (1 as const) : (0 as const),
        probabilities: [normal, bacterial, viral],
        says,
      },
    ];
  });
  const against = classes.map(
    (one) =>
      new Ranking(
        rows.map(({ type, probabilities }) => ({
          label: type === one ? 1 : 0,
          probability: probabilities[one] ?? 0,
        })),
      ),
  );
  const ill = rows.filter(({ type }) => type > 0);
  const areas = (weights?: ArrayLike<number>) => {
    const each = against.map((ranking) => ranking.area(weights));
    return [mean(each), ...each];
  };
  const between = new Ranking(
    ill.map(({ type, probabilities: [, bacterial = 0, viral = 0] }) => ({
      label: type === 1 ? 1 : 0,
      probability: bacterial / (bacterial + viral),
    })),
  );
  const named = ill.filter(({ says }) => says !== 'UNCERTAIN');
  const [macro, normal, bacterial, viral] = withIntervals(rows, areas);
  const [parted] = withIntervals(ill, (weights) => [between.area(weights)]);
  if (!macro || !normal || !bacterial || !viral || !parted)
    throw new Error('types were measured on no image');
  return {
    images: rows.length,
    patients: countPatients(rows),
    macroAuc: macro,
    auc: { normal, bacterial, viral, bacterialAgainstViral: parted },
    confusion: classes.map((trueClass) =>
      classes.map(
        (called) =>
          rows.filter(({ type, probabilities }) => type === trueClass && highest(probabilities) === called)
            .length,
      ),
    ),
    named: meanWithInterval(ill, ({ says }) => (says === 'UNCERTAIN' ? 0 : 1)),
    namedRight: meanWithInterval(named, ({ type, says }) => (typeClasses[type] === says ? 1 : 0)),
  };
}

function highest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
