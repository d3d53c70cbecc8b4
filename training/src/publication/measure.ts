import type { Progress } from '@lucency/command-line';
import {
  figuresWithIntervals,
  groupBy,
  measureCoverage,
  type ShiftedSet,
  withProbabilities,
} from '@lucency/evaluation';
import type {
  Calibration,
  ConformalLevel,
  FiguresOnSet,
  ModelCard,
  OperatingPoint,
  ReportSections,
} from '@lucency/model/card';
import { type ModelRunner, openUnchecked, type Precision, withViews } from '@lucency/model/onnx';
import { foldLayers, type Tensors } from '@lucency/model/weights';
import { shiftedTreatments, type Treatment } from '../augmentation/treatments.js';
import { atMostAtHome } from '../dataset/at-home.js';
import type { DataExample } from '../dataset/data.js';
import type { Example, Shown } from '../dataset/examples.js';
import { inEveryTreatment } from '../dataset/examples.js';
import type { PicturePool } from '../pictures/picture-pool.js';
import { type Answer, answersOf } from '../selection/answers.js';

export interface Served {
  /** With the int8 corrections. */
  readonly tensors: Tensors;
  readonly ranges: ModelCard['int8']['ranges'];
  readonly views: ModelCard['views'];
}

export async function openServed(
  { tensors, ranges, views }: Served,
  precision: Precision,
  threads: number,
): Promise<ModelRunner> {
  return withViews(await openUnchecked(foldLayers(tensors), ranges, threads, precision), views);
}

const disturbances = shiftedTreatments.filter((treatment) => treatment !== 'plain');

/** Answers of the model as it will be served. */
export async function served(
  model: Served,
  precision: Precision,
  shown: readonly Shown[],
  pool: PicturePool,
  options: { readonly threads: number; readonly progress: Progress; readonly step: string },
): Promise<Answer[]> {
  const runner = await openServed(model, precision, options.threads);
  const answers = await answersOf(runner, shown, pool, options);
  await runner.close();
  return answers;
}

/** All as they are, and disturbed those of other sources and at most so many of the home source. */
export function everyTreatment(examples: readonly Example[], disturbedAtHome?: number): Shown[] {
  return [
    ...inEveryTreatment(examples, ['plain']),
    ...inEveryTreatment(atMostAtHome(examples, disturbedAtHome), disturbances),
  ];
}

export function inTreatment(answers: readonly Answer[], treatment: Treatment): Answer[] {
  return answers.filter((answer) => answer.treatment === treatment);
}

/**
 * The answers of each treatment apart, calibrated, the plain ones first; then those of each source where there are
 * several. What is abnormal otherwise is judged apart (`hardSets`).
 */
export function asSets(answers: readonly Answer[], calibration: Calibration): [ShiftedSet, ...ShiftedSet[]] {
  const clear = answers.filter(({ otherAbnormal }) => !otherAbnormal);
  const set = (treatment: Treatment): ShiftedSet => ({
    name: treatment,
    rows: withProbabilities(inTreatment(clear, treatment), calibration),
  });
  const [plain, ...disturbed] = shiftedTreatments;
  return [set(plain ?? 'plain'), ...disturbed.map(set), ...sourceSets(clear, calibration)];
}

/** The plain answers of each source, where there are several. */
export function sourceSets(answers: readonly Answer[], calibration: Calibration): ShiftedSet[] {
  const sources = groupBy(inTreatment(answers, 'plain'), ({ source }) => source);
  if (sources.size < 2) return [];
  return [...sources].map(([name, of]) => ({ name, rows: withProbabilities(of, calibration) }));
}

/** Fewer of a class say nothing. */
const fewestOfGroup = 5;

/** The plain answers of other sources by view and by age band, where there are enough of both classes. */
export function groupSets(
  answers: readonly Answer[],
  examples: readonly DataExample[],
  calibration: Calibration,
): ShiftedSet[] {
  const groups = new Map(examples.map((example) => [example.index, example.groups]));
  const clear = inTreatment(answers, 'plain').filter(({ otherAbnormal }) => !otherAbnormal);
  const enough = (of: readonly Answer[]) =>
    [0, 1].every((label) => of.filter((row) => row.label === label).length >= fewestOfGroup);
  return ['view', 'age_band'].flatMap((column) => {
    const known = clear.flatMap((answer) => {
      const value = groups.get(answer.index)?.[column];
      return value ? [{ answer, name: `${answer.source}, ${value}` }] : [];
    });
    return [...groupBy(known, ({ name }) => name)]
      .map(([name, of]) => ({ name, answers: of.map(({ answer }) => answer) }))
      .filter((set) => enough(set.answers))
      .map((set) => ({ name: set.name, rows: withProbabilities(set.answers, calibration) }));
  });
}

/** The pneumonias of each source against its pictures that are abnormal otherwise, where it has any. */
export function hardSets(answers: readonly Answer[], calibration: Calibration): ShiftedSet[] {
  const sources = groupBy(inTreatment(answers, 'plain'), ({ source }) => source);
  return [...sources].flatMap(([source, of]) => {
    if (!of.some(({ otherAbnormal }) => otherAbnormal)) return [];
    const hard = of.filter(({ label, otherAbnormal }) => label === 1 || otherAbnormal);
    return [{ name: `${source}, against other abnormal`, rows: withProbabilities(hard, calibration) }];
  });
}

export function figuresOnSets(sets: readonly ShiftedSet[], threshold: number): Record<string, FiguresOnSet> {
  return Object.fromEntries(sets.map(({ name, rows }) => [name, figuresWithIntervals(rows, threshold)]));
}

export function pointsOnSets(
  points: readonly Pick<OperatingPoint, 'purpose' | 'threshold'>[],
  sets: readonly ShiftedSet[],
): NonNullable<ReportSections['pointsOnSets']> {
  return points.flatMap(({ purpose, threshold }) =>
    sets.map(({ name, rows }) => {
      const { images, intervals } = figuresWithIntervals(rows, threshold);
      const { sensitivity, specificity } = intervals;
      return { purpose, set: name, images, sensitivity, specificity };
    }),
  );
}

export function conformalOnSets(
  levels: readonly ConformalLevel[],
  sets: readonly ShiftedSet[],
): NonNullable<ReportSections['conformal']> {
  return levels.map((level) => ({
    ...level,
    sets: Object.fromEntries(sets.map(({ name, rows }) => [name, measureCoverage(rows, level)])),
  }));
}
