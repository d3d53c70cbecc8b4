import type { ChosenPoint, Purpose } from '@lucency/model/card';
import type { Resampling } from '@lucency/statistics';
import { figuresWithIntervals, rounded } from '../figures.js';
import { type RatesAt, ratesAtThresholds, type ShiftedSet } from './rates-at-thresholds.js';

/** What must hold, and what is then to be as high as can be; rates are of the worst of the sets. */
interface Rule {
  readonly purpose: Purpose;
  readonly rule: string;
  readonly aim: { readonly rate: 'sensitivity' | 'specificity'; readonly atLeast: number };
  /** On the plain set, so that no single odd set drives the threshold to where every answer is the same. */
  readonly plainFloor: { readonly rate: 'sensitivity' | 'specificity'; readonly atLeast: number };
}

const rules: readonly Rule[] = [
  {
    purpose: 'screening',
    rule: 'sensitivity of at least .98 on every set, plain specificity of at least .80; then highest specificity',
    aim: { rate: 'sensitivity', atLeast: 0.98 },
    plainFloor: { rate: 'specificity', atLeast: 0.8 },
  },
  {
    purpose: 'rule-in',
    rule: 'specificity of at least .98 on every set, plain sensitivity of at least .80; then highest sensitivity',
    aim: { rate: 'specificity', atLeast: 0.98 },
    plainFloor: { rate: 'sensitivity', atLeast: 0.8 },
  },
];

const balanced = {
  rule: 'plain sensitivity of at least .95; then the highest mean of sensitivity and specificity on the worst set',
  plainSensitivity: 0.95,
};

/**
 * A threshold for each purpose, chosen on the worst of the sets, the first of which is the plain one.
 *
 * - `balanced`: among thresholds with sensitivity >= .95 on the plain set, the highest minimum over the sets of
 *   (sensitivity + specificity) / 2; of equals the highest mean over the sets, then the nearest to a half.
 * - `screening`: sensitivity >= .98 on every set with specificity >= .80 on the plain one; of those thresholds the
 *   highest minimum of the specificity. Where none is, the one whose worst sensitivity comes nearest (of equals the
 *   highest mean), and the shortfall is said.
 * - `rule-in`: the same with sensitivity and specificity changed about.
 *
 * A floor on the plain set that cannot be met is left away. A set of one class alone borrows the other rate from
 * the plain set. For validation images only.
 */
export function chooseOperatingPoints(
  sets: readonly [ShiftedSet, ...ShiftedSet[]],
  resampling: Resampling = {},
): ChosenPoint[] {
  const thresholds = candidates(sets);
  const rates = ratesAtThresholds(sets, thresholds);
  const places = [...thresholds.keys()];
  const describe = (purpose: Purpose, rule: string, place: number, worst: number, shortfall: number) => {
    const threshold = thresholds[place] ?? 0.5;
    const intervalsOn = (set: ShiftedSet) => figuresWithIntervals(set.rows, threshold, resampling).intervals;
    const worstSet = sets[worst] ?? sets[0];
    const [{ sensitivity, specificity }, plain] = [intervalsOn(worstSet), intervalsOn(sets[0])];
    return {
      purpose,
      threshold,
      sensitivity,
      specificity,
      worstSet: worstSet.name,
      rule,
      shortfall: rounded(Math.max(0, shortfall)),
      plain: { sensitivity: plain.sensitivity, specificity: plain.specificity },
    };
  };

  const [screening, ruleIn] = rules.map(({ purpose, rule, aim, plainFloor }) => {
    const other = plainFloor.rate;
    const usable = orAll(places, (place) => rates.plain(place)[other] >= plainFloor.atLeast);
    const met = usable.filter((place) => rates.least(place, (at) => at[aim.rate]).value >= aim.atLeast);
    const place =
      met.length > 0
        ? best(met, (at) => [rates.least(at, (set) => set[other]).value, rates.mean(at, (set) => set[other])])
        : best(usable, (at) => [
            rates.least(at, (set) => set[aim.rate]).value,
            rates.mean(at, (set) => set[aim.rate]),
            rates.least(at, (set) => set[other]).value,
          ]);
    const worst = rates.least(place, (at) => at[aim.rate]);
    return describe(purpose, rule, place, worst.set, aim.atLeast - worst.value);
  });

  const usable = orAll(places, (place) => rates.plain(place).sensitivity >= balanced.plainSensitivity);
  const place = best(usable, (at) => [
    rates.least(at, halfSum).value,
    rates.mean(at, halfSum),
    -Math.abs((thresholds[at] ?? 0) - 0.5),
  ]);
  const shortfall = balanced.plainSensitivity - rates.plain(place).sensitivity;
  const middle = describe('balanced', balanced.rule, place, rates.least(place, halfSum).set, shortfall);
  return [screening, middle, ruleIn].filter((point) => point !== undefined);
}

function halfSum({ sensitivity, specificity }: RatesAt): number {
  return (sensitivity + specificity) / 2;
}

/** Halfway between neighbouring answers, at the decimals that the card keeps. */
function candidates(sets: readonly ShiftedSet[]): number[] {
  const answers = [...new Set(sets.flatMap(({ rows }) => rows.map(({ probability }) => probability)))].sort(
    (a, b) => a - b,
  );
  const halfway = answers
    .slice(1)
    .map((probability, index) => rounded((probability + (answers[index] ?? 0)) / 2));
  return [...new Set([0, ...halfway, 1])];
}

function orAll(places: readonly number[], holds: (place: number) => boolean): readonly number[] {
  const held = places.filter(holds);
  return held.length > 0 ? held : places;
}

/** The place of the highest key, compared number by number. */
function best(places: readonly number[], keyOf: (place: number) => readonly number[]): number {
  let [chosen, highest] = [places[0] ?? 0, keyOf(places[0] ?? 0)];
  for (const place of places.slice(1)) {
    const key = keyOf(place);
    const differs = key.findIndex((value, index) => value !== highest[index]);
    if (differs >= 0 && (key[differs] ?? 0) > (highest[differs] ?? 0)) [chosen, highest] = [place, key];
  }
  return chosen;
}
