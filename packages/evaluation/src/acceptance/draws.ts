import type { Calibration, Purpose } from '@lucency/model/card';
import { quantile, type Random, seededRandom, shuffle } from '@lucency/statistics';
import { type Answered, logLoss } from '../calibration/answered.js';
import { groupBy } from '../dataset/group-by.js';
import { rounded } from '../figures.js';
import { callsAt } from './cross-fit.js';
import { type Asked, byPurpose, refit } from './refit.js';
import { atPrevalence, fitSite, withoutCard } from './site-calibration.js';

/** Over the draws: 19 of 20 lie above `low`, 19 of 20 below `high`. */
export interface Spread {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** What refitting on so many cases, half of them pneumonias, gave on the patients who were not drawn. */
export interface DrawnSize {
  readonly cases: number;
  readonly draws: number;
  readonly points: Readonly<
    Record<
      Purpose,
      { readonly sensitivity: Spread; readonly specificity: Spread; readonly promised: number | null }
    >
  >;
  /** Mean cross-entropy in nats, classes weighing alike: of the card's, of Platt's line alone, of the site's. */
  readonly loss: { readonly card: Spread; readonly alone: Spread; readonly site: Spread };
}

export interface DrawOptions {
  readonly card: Calibration;
  readonly asked: Asked;
  readonly sizes: readonly number[];
  readonly draws: number;
  readonly seed?: number;
}

/** Patients of the rarer class who must be left to judge a draw. */
const fewestLeft = 5;

/**
 * Repeats an acceptance on random cases of the size: one image each of as many patients with pneumonia as without. All
 * images of all other patients judge what was refitted. Sizes that leave too few of those are left out.
 */
export function drawSizes(
  answers: readonly Answered[],
  { card, asked, sizes, draws, seed = 1 }: DrawOptions,
): DrawnSize[] {
  const most = Math.min(...[0, 1].map((label) => patientsOf(answers, label).length)) - fewestLeft;
  return sizes
    .filter((size) => size >= 4 && size / 2 <= most)
    .map((cases) => {
      const random = seededRandom(seed);
      const drawn = Array.from({ length: draws }, () =>
        judgeDraw(answers, cases / 2, { card, asked }, random),
      );
      const spread = (figure: (draw: (typeof drawn)[number]) => number) => spreadOf(drawn.map(figure));
      return {
        cases,
        draws,
        points: byPurpose((purpose) => ({
          sensitivity: spread(({ rates }) => rates[purpose].sensitivity),
          specificity: spread(({ rates }) => rates[purpose].specificity),
          promised: drawn[0]?.promised[purpose]?.atLeast ?? null,
        })),
        loss: {
          card: spread(({ loss }) => loss.card),
          alone: spread(({ loss }) => loss.alone),
          site: spread(({ loss }) => loss.site),
        },
      };
    });
}

function judgeDraw(
  answers: readonly Answered[],
  ofEach: number,
  { card, asked }: Pick<DrawOptions, 'card' | 'asked'>,
  random: Random,
) {
  const chosen = [0, 1].flatMap((label) => {
    const byPatient = groupBy(
      answers.filter((row) => row.label === label),
      ({ patient }) => patient,
    );
    return shuffle([...byPatient.values()], random)
      .slice(0, ofEach)
      .flatMap((images) => images[Math.floor(random() * images.length)] ?? []);
  });
  const met = new Set(chosen.map(({ patient }) => patient));
  const others = answers.filter(({ patient }) => !met.has(patient));
  const { site, thresholds, promised } = refit(chosen, card, asked);
  const share = (purpose: Purpose, label: number) => {
    const own = others.filter((row) => row.label === label);
    return (
      own.filter(({ logit }) => callsAt(logit, thresholds)[purpose] === (label === 1)).length / own.length
    );
  };
  return {
    rates: byPurpose((purpose) => ({ sensitivity: share(purpose, 1), specificity: share(purpose, 0) })),
    promised,
    loss: {
      card: balancedLoss(others, card),
      alone: balancedLoss(others, atPrevalence(fitSite(chosen, card, withoutCard), card, 0.5)),
      site: balancedLoss(others, atPrevalence(site, card, 0.5)),
    },
  };
}

function balancedLoss(answers: readonly Answered[], calibration: Calibration): number {
  const losses = [0, 1].map((label) =>
    logLoss(
      answers.filter((row) => row.label === label),
      calibration,
    ),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / 2;
}

function patientsOf(answers: readonly Answered[], label: number): string[] {
  return [...new Set(answers.filter((row) => row.label === label).map(({ patient }) => patient))];
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => rounded(quantile(sorted, share));
  return { low: at(0.05), middle: at(0.5), high: at(0.95) };
}
