import type { EvaluationReport } from '@lucency/model/card';
import { figure, list, percent, table, withInterval } from './markdown.js';

/** The sections of the model card that only a training run can fill, each from its part of the report. */
type Section<Name extends keyof EvaluationReport> = NonNullable<EvaluationReport[Name]>;

export function pointsOnSetsText(points: Section<'pointsOnSets'>): string {
  return [
    'What they do by hospital, on test pictures, which had no part in their choice; what "left out of training" says comes from ' +
      'another, shorter training without that hospital: expect that of a hospital that the model has never seen, and ' +
      'measure it there.',
    table(
      ['Purpose', 'Images', 'n', 'sensitivity', 'specificity'],
      points.map(({ purpose, set, images, sensitivity, specificity }) => [
        purpose,
        set,
        String(images),
        withInterval(sensitivity),
        withInterval(specificity),
      ]),
    ),
  ].join('\n\n');
}

export function conformalText(levels: Section<'conformal'>): string {
  return [
    'For each class apart, a split-conformal set holds the true class with the promised coverage, **for patients who ' +
      'are exchangeable with the calibration patients only**: same hospital, same machines, same ages. Elsewhere ' +
      'nothing is promised; the table shows what was found. "Cannot tell" is a set with both classes, or none.',
    ...levels.map((level) =>
      [
        `${percent(level.coverage)}${level.source ? `, of patients like those of ${level.source}` : ''}: normal up to ${level.normalUpTo}, pneumonia from ${level.pneumoniaFrom}.`,
        table(
          [
            'Images',
            'normals covered',
            'pneumonias covered',
            'cannot tell',
            'right where one class is named',
          ],
          Object.entries(level.sets).map(([name, set]) => [
            name,
            percent(set.coveredNormal),
            percent(set.coveredPneumonia),
            percent(set.cannotTell),
            percent(set.singletonsRight),
          ]),
        ),
      ].join('\n\n'),
    ),
  ].join('\n\n');
}

export function gateText({ notXrays, xrays }: Section<'gate'>): string {
  const rows = (shares: typeof xrays) =>
    shares.map(({ name, images, refused }) => [name, String(images), withInterval(refused)]);
  return [
    'Share refused, of pictures that are no frontal chest X-rays and of those that are, each judged by a rule that was ' +
      'chosen without its patient:',
    table(['No chest X-rays', 'images', 'refused'], rows(notXrays)),
    table(['X-rays', 'images', 'refused'], rows(xrays)),
  ].join('\n\n');
}

export function explanationsText(explanations: Section<'explanations'>): string {
  const { images, all, calledPneumonia, timesCentre, sanity, empty, thresholds } = explanations;
  const groups = { all, 'called pneumonia': calledPneumonia };
  return [
    `Insertion and deletion on ${images} images: the area under the probability while the strongest places of a black ` +
      'picture are shown, or those of the picture blackened, first. A faithful map has a large gap; one that knows nothing ' +
      'has none. The score is the gap in log-odds, which go on moving where the probability is as good as 1.',
    table(
      ['Images', 'Maps', 'insertion', 'deletion', 'gap', 'score'],
      Object.entries(groups).flatMap(([group, { model, random, centre }]) =>
        Object.entries({ "the model's": model, random, 'a centre prior': centre }).map(([name, figures]) => [
          group,
          name,
          withInterval(figures.insertion),
          withInterval(figures.deletion),
          withInterval(figures.gap),
          withInterval(figures.score),
        ]),
      ),
    ),
    list([
      timesCentre === null
        ? 'The centre prior has no gap above 0 to compare with.'
        : `On all, the gap is ${figure(timesCentre, 1)} times that of the centre prior.`,
      ...sanity.map(
        ({ randomised, models, correlation, absolute }) =>
          `With random weights in ${randomised}, the ranks of maps correlate ${withInterval(correlation)} with ` +
          `those of the trained model, in size ${figure(absolute)} (${models} such models).`,
      ),
      `Nothing speaks for pneumonia in ${percent(empty.all)} of the images, and in ` +
        `${percent(empty.calledPneumonia)} of those called pneumonia.`,
    ]),
    ...(thresholds ? [thresholdsText(thresholds)] : []),
  ].join('\n\n');
}

function thresholdsText(thresholds: NonNullable<Section<'explanations'>['thresholds']>): string {
  const { cautionBelow, withholdBelow, separates, groups } = thresholds;
  return [
    `By its own score a heatmap is withheld below ${withholdBelow}, where it is more like maps that know nothing than like ` +
      `the model's, and shown with a caution below ${cautionBelow}, which 95 % of those stay below; both from validation ` +
      'images. Area under the ROC curve of the score: for ' +
      `whether the map beats a random one ${told(separates.betterThanRandom)}, for whether the answer is right ` +
      `${told(separates.right)}; a half is nothing.`,
    table(
      ['Shown', 'images', 'answers right', 'better than a random map'],
      groups.map(({ shown, images, right, betterThanRandom }) => [
        shown,
        String(images),
        percent(right),
        percent(betterThanRandom),
      ]),
    ),
  ].join('\n\n');
}

function told(area: number | null): string {
  return area === null ? '(all are alike)' : figure(area);
}

export function enginesText(engines: Section<'engines'>): string {
  return table(
    ['Engine', 'images', 'AUC', 'decisions unlike onnx-fp32', 'evidence correlates', 'ms an image'],
    engines.map((row) => [
      row.engine,
      String(row.images),
      figure(row.auc, 4),
      percent(row.decisionsDiffer),
      figure(row.evidenceCorrelation, 4),
      figure(row.milliseconds, 1),
    ]),
  );
}

export function twinsText({
  pairs,
  medianLogitDifference,
  largestLogitDifference,
  decisionsDiffer,
}: Section<'twins'>) {
  return (
    `${pairs} images as they were published, against their small versions: the logits differ by ` +
    `${figure(medianLogitDifference)} in the median and ${figure(largestLogitDifference)} at most; ${decisionsDiffer} ` +
    'decisions differ.'
  );
}

export function presetsText(presets: Section<'presets'>): string {
  return table(
    ['Recipe', 'Images', 'AUC', 'accuracy', 'sensitivity', 'specificity'],
    presets.flatMap(({ preset, sets }) =>
      Object.entries(sets).map(([name, { intervals }]) => [
        preset,
        name,
        withInterval(intervals.auc),
        withInterval(intervals.accuracy),
        withInterval(intervals.sensitivity),
        withInterval(intervals.specificity),
      ]),
    ),
  );
}

export function typesText({ images, macroAuc, auc, confusion, named, namedRight }: Section<'types'>): string {
  const classes = ['normal', 'bacterial', 'viral'];
  return [
    'Bacterial and viral pneumonia are a hint beside the answer, learnt from the names of files of children of one ' +
      `hospital. Macro AUC ${withInterval(macroAuc)} on ${images} images: normal ${withInterval(auc.normal)}, bacterial ` +
      `${withInterval(auc.bacterial)}, viral ${withInterval(auc.viral)}; bacterial against viral alone ` +
      `${withInterval(auc.bacterialAgainstViral)}.`,
    `A type is named for ${withInterval(named)} of the pneumonias, and is right in ${withInterval(namedRight)} of these; ` +
      'of the others it is called uncertain.',
    table(
      ['It was', ...classes.map((name) => `called ${name}`)],
      confusion.map((row, at) => [classes[at] ?? '', ...row.map(String)]),
    ),
  ].join('\n\n');
}

export function ablationText(variants: Section<'ablation'>): string {
  return modelsText(
    variants,
    'Short trainings from the same beginning, whole and with one part of the recipe left out, judged on the validation ' +
      'patients at a threshold of a half. Levels are low, as the trainings are short: differences count.',
  );
}

export function modelsText(
  models: Section<'models'>,
  introduction = models.length > 1
    ? 'The same test pictures of the same patients, each model shown what it is shown in service, at its own threshold.'
    : 'As it is shown pictures in service, at its own threshold.',
): string {
  return [
    introduction,
    table(
      ['Model', 'Images', 'n', 'AUC', 'sensitivity', 'specificity', 'calibration error'],
      models.flatMap(({ model, sets }) =>
        Object.entries(sets).map(([name, { images, intervals }]) => [
          model,
          name,
          String(images),
          withInterval(intervals.auc),
          withInterval(intervals.sensitivity),
          withInterval(intervals.specificity),
          withInterval(intervals.ece),
        ]),
      ),
    ),
    'Where the evidence of pneumonias lies: its peak in the lungs or right beside them, or in the outer 12 % of the ' +
      'picture; and the share of positive evidence in the lungs, beside the share of the picture that they cover.',
    table(
      ['Model', 'Pneumonias', 'n', 'peak in lungs', 'peak at the edge', 'evidence in lungs', 'lungs cover'],
      models.flatMap(({ model, lungs }) =>
        lungs.map(({ name, images, peakInLungs, peakAtEdge, energyInLungs, areaOfLungs }) => [
          model,
          name,
          String(images),
          withInterval(peakInLungs),
          withInterval(peakAtEdge),
          withInterval(energyInLungs),
          figure(areaOfLungs),
        ]),
      ),
    ),
    'Against the opacities that radiologists marked:',
    table(
      ['Model', 'Pictures', 'n', 'peak in an opacity', 'evidence in them', 'they cover', 'ratio'],
      models.flatMap(({ model, boxes }) =>
        boxes.map(({ name, images, hit, energy, area }) => [
          model,
          name,
          String(images),
          withInterval(hit),
          figure(energy),
          figure(area),
          area > 0 ? figure(energy / area, 1) : '',
        ]),
      ),
    ),
  ].join('\n\n');
}

export function reasonsText({ refusals = {}, cautions = {} }: EvaluationReport): string {
  const rows = [
    ...Object.entries(refusals).map(([code, images]) => [`refused: ${code}`, String(images)]),
    ...Object.entries(cautions).map(([code, share]) => [
      `caution: ${code}`,
      `${withInterval(share)} of those read`,
    ]),
  ];
  return rows.length > 0 ? table(['Reason', 'Images'], rows) : '';
}

export function triedText(tried: Section<'tried'>): string {
  const names = [...new Set(tried.flatMap(({ figures }) => Object.keys(figures ?? {})))];
  return table(
    ['What', ...names, 'Outcome'],
    tried.map(({ what, outcome, figures }) => [
      what,
      ...names.map((name) => (figures?.[name] === undefined ? '' : figure(figures[name]))),
      outcome,
    ]),
  );
}
