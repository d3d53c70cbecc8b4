import type { LungRule } from '@lucency/model/lungs';
import { seededRandom, shuffle, upperBound } from '@lucency/statistics';
import { chooseRule, isRefused } from './choose-rule.js';
import type { Look } from './look.js';

/** How a collection fared, each picture judged by a rule that was chosen without its patient. */
export interface Refusals {
  readonly name: string;
  readonly n: number;
  readonly refused: number;
  /** Upper bound of the 95 % interval (Wilson): of misses for other pictures, of refusals for chests. */
  readonly upperBound: number;
}

export interface GateReport {
  readonly folds: number;
  readonly notChests: readonly Refusals[];
  readonly chests: readonly Refusals[];
  /** The rule chosen on all of them. */
  readonly rule: LungRule;
}

const folds = 5;

/** Chooses the rule five times, each without a fifth of the patients, whom it then judges; and once on all. */
export function measureRule(looks: readonly Look[], seed: number): GateReport {
  const patients = shuffle([...new Set(looks.map(({ patient }) => patient))], seededRandom(seed));
  const foldOf = new Map(patients.map((patient, at) => [patient, at % folds]));
  const judged = Array.from({ length: folds }, (_, fold) => {
    const rule = chooseRule(looks.filter(({ patient }) => foldOf.get(patient) !== fold));
    return looks
      .filter(({ patient }) => foldOf.get(patient) === fold)
      .map((look) => ({ ...look, refused: isRefused(look, rule) }));
  }).flat();
  const names = [...new Set(looks.map(({ collection }) => collection))];
  const rows = names.map((name) => {
    const of = judged.filter(({ collection }) => collection === name);
    const refused = of.filter((look) => look.refused).length;
    const chest = of[0]?.chest ?? false;
    const n = of.length;
    return { chest, row: { name, n, refused, upperBound: upperBound(chest ? refused : n - refused, n) } };
  });
  return {
    folds,
    notChests: rows.filter(({ chest }) => !chest).map(({ row }) => row),
    chests: rows.filter(({ chest }) => chest).map(({ row }) => row),
    rule: chooseRule(looks),
  };
}
