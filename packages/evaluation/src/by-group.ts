import type { ModelCard, ModelCompared, ReportSections } from '@lucency/model/card';
import { type AnsweredCase, answered, evidencePlaced, type ReadCase, scored } from './cases.js';
import { groupBy } from './dataset/group-by.js';
import { measureInBoxes, measureInLungs } from './evidence-places.js';
import { figuresWithIntervals } from './figures.js';
import { meanWithInterval } from './mean-with-interval.js';

type Judging = Pick<ModelCard, 'id' | 'calibration' | 'threshold'>;

/**
 * What one site's images show of a model beyond the figures on all of them: figures of each group, of pneumonia against
 * what is abnormal otherwise, where the evidence lies, and how often it refused or cautioned.
 * @param columns groups, such as `view` and `age_band`.
 */
export function sectionsByGroup(
  cases: readonly ReadCase[],
  columns: readonly string[],
  card: Judging,
): Pick<ReportSections, 'models' | 'refusals' | 'cautions'> {
  const read = answered(cases);
  const clear = read.filter(({ otherAbnormal }) => !otherAbnormal);
  const groups = [...labelSources(read), ...columns.flatMap((column) => groupsOf(read, column))];
  const figures = (of: readonly AnsweredCase[]) =>
    figuresWithIntervals(scored(of, card.calibration), card.threshold);
  const sets: [string, readonly AnsweredCase[]][] = [
    ['pneumonia against normal', clear],
    ...hardSet('pneumonia against other abnormal', read),
    ...groups.flatMap(([name, of]): [string, readonly AnsweredCase[]][] => [
      [name, of.filter(({ otherAbnormal }) => !otherAbnormal)],
      ...hardSet(`${name}, against other abnormal`, of),
    ]),
  ];
  return {
    models: [
      {
        model: card.id,
        threshold: card.threshold,
        sets: Object.fromEntries(
          sets.filter(([, of]) => of.length > 0).map(([name, of]) => [name, figures(of)]),
        ),
        ...evidenceOf([['all', read], ...groups]),
      },
    ],
    refusals: countsOf(cases.flatMap(({ refused }) => refused ?? [])),
    cautions: Object.fromEntries(
      Object.keys(countsOf(read.flatMap(({ reading }) => reading.cautions))).map((code) => [
        code,
        meanWithInterval(read, ({ reading }) => (reading.cautions.includes(code) ? 1 : 0)),
      ]),
    ),
  };
}

/** The columns that images can be grouped by. */
export function groupColumns(files: readonly Pick<ReadCase, 'groups'>[]): string[] {
  return [...new Set(files.flatMap(({ groups }) => Object.keys(groups)))];
}

function groupsOf(read: readonly AnsweredCase[], column: string): [string, AnsweredCase[]][] {
  const groups = groupBy(read, ({ groups }) => groups[column] || 'unknown');
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
    .map(([value, of]) => [`${column} ${value}`, of]);
}

/** Labels that a program found in reports are noisier than those of people: where there are both, each apart. */
function labelSources(read: readonly AnsweredCase[]): [string, AnsweredCase[]][] {
  const mined = read.filter(({ textMined }) => textMined);
  if (mined.length === 0 || mined.length === read.length) return [];
  return [
    ['label by a radiologist', read.filter(({ textMined }) => !textMined)],
    ['label found in the report', mined],
  ];
}

function hardSet(name: string, of: readonly AnsweredCase[]): [string, AnsweredCase[]][] {
  const hard = of.filter(({ label, otherAbnormal }) => label === 1 || otherAbnormal);
  return hard.some(({ otherAbnormal }) => otherAbnormal) ? [[name, hard]] : [];
}

/** Of pneumonias: where lungs were found, and where opacities were marked. */
export function evidenceOf(
  sets: readonly (readonly [string, readonly AnsweredCase[]])[],
): Pick<ModelCompared, 'lungs' | 'boxes'> {
  const placed = sets.map(([name, of]) => ({ name, rows: evidencePlaced(of) }));
  const marked = placed.map(({ name, rows }) => ({
    name,
    rows: rows.filter(({ boxes, opacities }) => boxes.length > 0 || opacities),
  }));
  return {
    lungs: placed.filter(({ rows }) => rows.length > 0).map(({ name, rows }) => measureInLungs(name, rows)),
    boxes: marked.filter(({ rows }) => rows.length > 0).map(({ name, rows }) => measureInBoxes(name, rows)),
  };
}

export function countsOf(names: readonly string[]): Record<string, number> {
  return Object.fromEntries([...groupBy(names, (name) => name)].map(([name, of]) => [name, of.length]));
}
