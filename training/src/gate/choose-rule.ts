import type { LungRule } from '@lucency/model/lungs';
import { looksFrontal } from '@lucency/reading/lungs';
import type { Look } from './look.js';

/** What is tried of each bound; the others are the same in all rules. */
const tried = {
  leastConfidence: [0.88, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96],
  leastWeaker: [0.8, 0.84, 0.86, 0.88, 0.9],
  leastSlimness: [1, 1.1, 1.2],
  leastRatio: [0.4, 0.5, 0.6],
  leastApart: [0.22, 0.26],
  leastHeightRatio: [0.4, 0.55],
} as const;

const fixed = { leastArea: 0.08, mostArea: 0.62, leastInTwo: 0.9, mostHeightBetween: 0.18 } as const;

/** A chest wrongly refused weighs as much as so many other pictures let through. */
const chestWeight = 2;
/** Share of the chests of any source that may be refused: beyond it a rule is out. */
const mostChestsRefused = 0.03;

/** Of all rules tried the one that refuses most kinds most often for the fewest chests; of equals the laxest. */
export function chooseRule(looks: readonly Look[]): LungRule {
  const groups = groupsOf(looks);
  let best: { rule: LungRule; worth: number } | undefined;
  for (const rule of rules()) {
    const worth = worthOf(groups, rule);
    if (!best || worth > best.worth + 1e-9) best = { rule, worth };
  }
  if (!best) throw new Error('no rule was tried');
  return best.rule;
}

/** From lax to strict. */
function* rules(): Generator<LungRule> {
  for (const leastConfidence of tried.leastConfidence)
    for (const leastWeaker of tried.leastWeaker)
      for (const leastSlimness of tried.leastSlimness)
        for (const leastRatio of tried.leastRatio)
          for (const leastApart of tried.leastApart)
            for (const leastHeightRatio of tried.leastHeightRatio)
              yield {
                ...fixed,
                leastConfidence,
                leastWeaker,
                leastSlimness,
                leastRatio,
                leastApart,
                leastHeightRatio,
              };
}

interface Group {
  readonly chest: boolean;
  readonly looks: readonly Look[];
}

function groupsOf(looks: readonly Look[]): Group[] {
  const names = [...new Set(looks.map(({ collection }) => collection))];
  return names.map((name) => {
    const of = looks.filter(({ collection }) => collection === name);
    return { chest: of[0]?.chest ?? false, looks: of };
  });
}

function worthOf(groups: readonly Group[], rule: LungRule): number {
  const shares = groups.map(({ chest, looks }) => ({
    chest,
    refused: looks.filter((look) => isRefused(look, rule)).length / looks.length,
  }));
  const of = (chest: boolean) =>
    shares.filter((share) => share.chest === chest).map(({ refused }) => refused);
  const [wrongly, rightly] = [of(true), of(false)];
  const excess = Math.max(0, Math.max(0, ...wrongly) - mostChestsRefused);
  return mean(rightly) - chestWeight * mean(wrongly) - 100 * excess;
}

export function isRefused({ refusal, measures }: Look, rule: LungRule): boolean {
  return refusal !== null || !measures || !looksFrontal(measures, rule);
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
