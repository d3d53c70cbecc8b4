import { leastTemperature } from '@lucency/evaluation';
import { decideType, type PneumoniaTypes, typeClasses } from '@lucency/model/card';
import type { TypeClass } from '../dataset/pneumonia-type.js';

/** What the second head answered to one image. */
export interface TypeAnswer {
  /** `[3]`, in the order of `typeClasses`. */
  readonly types: Float32Array;
  readonly type: TypeClass;
  readonly patient: string;
}

/** Of the pneumonias whose type is named, at least so many are to be right. */
const wantedRight = 0.9;
/** Below so many named ones a bound rests on luck. */
const fewest = 20;
const bounds = { low: 0.2, high: 10 };
const neverNamed = 1;

/** Temperature of least cross-entropy, classes weighing alike, then for either type the lowest bound that is kept. */
export function chooseTypes(answers: readonly TypeAnswer[]): PneumoniaTypes {
  const loss = (candidate: number) => logLoss(answers, candidate);
  const temperature = Number(leastTemperature(loss, bounds).toFixed(3));
  const [normal, bacterial, viral] = typeClasses;
  const asked = { classes: [normal, bacterial, viral] satisfies [string, string, string], temperature };
  const shares = answers
    .filter(({ type }) => type > 0)
    .map(({ types, type }) => {
      const hint = decideType(types, { types: { ...asked, bacterialFrom: 1, viralFrom: 1 } });
      const share = hint ? hint.bacterial / (hint.bacterial + hint.viral) : Number.NaN;
      return { share, bacterial: type === 1 };
    });
  return {
    ...asked,
    bacterialFrom: lowestBound(shares.map(({ share, bacterial: right }) => ({ share, right }))),
    viralFrom: lowestBound(
      shares.map(({ share, bacterial: wrong }) => ({ share: 1 - share, right: !wrong })),
    ),
  };
}

/** From which on, and from everywhere above it, the wanted share is right. */
function lowestBound(rows: readonly { readonly share: number; readonly right: boolean }[]): number {
  let lowest = neverNamed;
  for (let bound = 0.99; bound >= 0.5; bound -= 0.01) {
    const named = rows.filter(({ share }) => share >= bound);
    const right = named.filter((row) => row.right).length;
    if (named.length >= fewest && right < wantedRight * named.length) break;
    if (named.length >= fewest) lowest = Number(bound.toFixed(2));
  }
  return lowest;
}

function logLoss(answers: readonly TypeAnswer[], temperature: number): number {
  const images = typeClasses.map((_, place) => answers.filter(({ type }) => type === place).length);
  return answers.reduce((sum, { types, type }) => {
    const highest = Math.max(...types);
    const total = types.reduce((all, logit) => all + Math.exp((logit - highest) / temperature), 0);
    return sum + (Math.log(total) - ((types[type] ?? 0) - highest) / temperature) / (images[type] ?? 1);
  }, 0);
}
