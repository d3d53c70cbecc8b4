import { type ConformalLevel, type Coverage, claim } from '@lucency/model/card';
import { seededRandom } from '@lucency/statistics';
import { ratio, type ScoredImage } from '../confusion.js';
import { rounded } from '../figures.js';

const decimals = 1e6;

/**
 * Split-conformal sets by class (Vovk 2012, Mondrian): a patient who is exchangeable with the calibration patients
 * of their class has the true class in the set with at least the asked coverage. One image of each patient, drawn
 * with the seed, because images of one patient are not exchangeable with those of others. Of n patients of a class
 * floor((1 - coverage) (n + 1)) may fall outside; with too few for that, the class is in every set.
 */
export function conformalLevels(
  rows: readonly ScoredImage[],
  coverages: readonly number[] = [0.9, 0.95],
  seed = 1,
): ConformalLevel[] {
  const drawn = oneOfEachPatient(rows, seed);
  const ascending = (label: number) =>
    drawn
      .filter((row) => row.label === label)
      .map(({ probability }) => probability)
      .sort((a, b) => a - b);
  const [normal, pneumonia] = [ascending(0), ascending(1)];
  const outside = (count: number, coverage: number) => Math.floor((1 - coverage) * (count + 1) + 1e-9);
  return coverages.map((coverage) => {
    const high = normal.at(-outside(normal.length, coverage)) ?? 1;
    const low = pneumonia[outside(pneumonia.length, coverage) - 1] ?? 0;
    return {
      coverage,
      // Rounded outwards, which keeps the coverage; nobody may fall outside when the count is 0.
      normalUpTo: outside(normal.length, coverage) > 0 ? Math.ceil(high * decimals) / decimals : 1,
      pneumoniaFrom: Math.floor(low * decimals) / decimals,
    };
  });
}

/** What the sets of a level do on any images; images, not patients, are counted. */
export function measureCoverage(rows: readonly ScoredImage[], level: ConformalLevel): Coverage {
  const covers = ({ label, probability }: ScoredImage) =>
    label === 1 ? probability >= level.pneumoniaFrom : probability <= level.normalUpTo;
  const share = (of: readonly ScoredImage[], holds: (row: ScoredImage) => boolean) =>
    rounded(ratio(of.filter(holds).length, of.length));
  const singletons = rows.filter(({ probability }) => claim(probability, level) !== 'CANNOT_TELL');
  return {
    covered: share(rows, covers),
    coveredNormal: share(
      rows.filter(({ label }) => label === 0),
      covers,
    ),
    coveredPneumonia: share(
      rows.filter(({ label }) => label === 1),
      covers,
    ),
    cannotTell: rounded(1 - ratio(singletons.length, rows.length)),
    singletons: rounded(ratio(singletons.length, rows.length)),
    singletonsRight: share(singletons, covers),
  };
}

function oneOfEachPatient(rows: readonly ScoredImage[], seed: number): ScoredImage[] {
  const random = seededRandom(seed);
  const byPatient = new Map<string, ScoredImage[]>();
  for (const row of rows) {
    const key = `${row.label} ${row.patient}`;
    const known = byPatient.get(key);
    if (known) known.push(row);
    else byPatient.set(key, [row]);
  }
  return [...byPatient.values()].flatMap((images) => images[Math.floor(random() * images.length)] ?? []);
}
