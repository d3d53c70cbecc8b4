import type { Calibration, EvaluationReport, FiguresOnSet, ModelCard } from '@lucency/model/card';
import { figure, list, percent, table, withInterval } from './markdown.js';
import {
  ablationText,
  conformalText,
  enginesText,
  explanationsText,
  gateText,
  modelsText,
  pointsOnSetsText,
  presetsText,
  reasonsText,
  triedText,
  twinsText,
  typesText,
} from './section-texts.js';

/** The model card as people read it (after Mitchell et al. 2019), made of the card and the report alone. */
export function modelCardText(
  card: ModelCard,
  report: EvaluationReport,
  measuredOn = 'labelled images that chose nothing of the model',
): string {
  const sections: readonly (readonly [string, string | undefined])[] = [
    ['Intended use', intendedUse(card)],
    ['Data', data(card)],
    ['Recipe', recipe(card, report)],
    ['Figures', figuresText(report, measuredOn)],
    ['Under disturbances, and elsewhere', report.sets && setsText(report.sets)],
    ['Operating points', report.operatingPoints && operatingPoints(report.operatingPoints, card.threshold)],
    ['Operating points by hospital', report.pointsOnSets && pointsOnSetsText(report.pointsOnSets)],
    ['Calibration', calibrationText(card.calibration, report)],
    ['Sets with a promised coverage', report.conformal && conformalText(report.conformal)],
    ['Type of pneumonia', report.types && typesText(report.types)],
    ['Refusal', report.gate && gateText(report.gate)],
    ['Explanations', report.explanations && explanationsText(report.explanations)],
    ['Engines', report.engines && enginesText(report.engines)],
    ['Full-size originals', report.twins && twinsText(report.twins)],
    [
      (report.models?.length ?? 0) > 1 ? 'Beside the model before' : 'By group, and where the evidence lies',
      report.models && modelsText(report.models),
    ],
    ['Refused, and read with a caution', reasonsText(report)],
    ['Parts of the recipe left out', report.ablation && ablationText(report.ablation)],
    ['Recipes beside each other', report.presets && presetsText(report.presets)],
    ['What was tried', report.tried && triedText(report.tried)],
    ['Known failures', knownFailures(report)],
    ['Limits', list(card.limits)],
  ];
  const written = sections.filter(([, content]) => content !== undefined && content !== '');
  return [
    `# ${card.id}`,
    `Generated from the model's card and report. Intervals are of 95 %, by bootstrap over patients.`,
    ...written.map(([title, content]) => `## ${title}\n\n${content}`),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function intendedUse({ intendedUse: use, ageRangeMonths: { from, to } }: ModelCard): string {
  return `${use}\n\nAges of ${from} to ${to} months; an answer for anyone else, or without an age, says so.`;
}

function data({ trainedOn }: ModelCard): string {
  const parts = ['train', 'validation', 'calibration', 'test'] as const;
  return [
    `${trainedOn.name}. ${trainedOn.source}, ${trainedOn.licence}.`,
    `${trainedOn.population}. No patient is in two parts.`,
    table(
      ['', ...parts],
      [
        ['images', ...parts.map((part) => String(trainedOn.images[part]))],
        ['patients', ...parts.map((part) => String(trainedOn.patients[part]))],
      ],
    ),
  ].join('\n\n');
}

function recipe(
  { architecture, preprocessing, input, views, training }: ModelCard,
  { epochs }: EvaluationReport,
): string {
  const { width, height, kernel } = preprocessing;
  const part = input.crop === 'lungs' ? 'the crop of the lungs' : 'the picture';
  const seen = views === 'mirrored' ? `${part} and its mirror image, averaged` : `${part} as it is`;
  return list([
    `Network: ${architecture}`,
    `Input: ${width} x ${height}, resized with the ${kernel} kernel, values in 0-1; ${seen}`,
    `${training.epochs} epochs, seed ${training.seed}`,
    'Thresholds and calibration come from validation and calibration patients alone',
    ...(epochs?.length ? ['Its course: [learning curves](learning-curves.svg)'] : []),
  ]);
}

function figuresText(report: EvaluationReport, measuredOn: string): string {
  const { n, refused, patients, prior, intervals, confusion, threshold, engine } = report;
  return [
    `Measured on ${measuredOn}: ${n} images of ${patients} patients, ${percent(prior)} with pneumonia, ` +
      `${refused} more refused. Engine ${engine}, threshold ${threshold}.`,
    table(
      ['Figure', 'Value (95 % interval)'],
      [
        ['AUC', withInterval(intervals.auc)],
        ['accuracy', withInterval(intervals.accuracy)],
        ['sensitivity', withInterval(intervals.sensitivity)],
        ['specificity', withInterval(intervals.specificity)],
        ['precision, at this share of pneumonia', withInterval(intervals.precision)],
        ['F1, at this share of pneumonia', withInterval(intervals.f1)],
        ['calibration error, ten bins of equal width', withInterval(intervals.ece)],
      ],
    ),
    `Found ${confusion.tp} of ${confusion.tp + confusion.fn} with pneumonia; called ${confusion.fp} of ` +
      `${confusion.fp + confusion.tn} normals pneumonia.`,
    'Plots: [ROC](roc.svg), [precision and recall](precision-recall.svg), [reliability](reliability.svg), ' +
      '[confusion](confusion.svg).',
  ].join('\n\n');
}

function setsText(sets: Readonly<Record<string, FiguresOnSet>>): string {
  const rows = Object.entries(sets).map(([name, { images, intervals }]) => [
    name,
    String(images),
    withInterval(intervals.auc),
    withInterval(intervals.accuracy),
    withInterval(intervals.sensitivity),
    withInterval(intervals.specificity),
    withInterval(intervals.ece),
  ]);
  return [
    table(['Images', 'n', 'AUC', 'accuracy', 'sensitivity', 'specificity', 'calibration error'], rows),
    'As a plot: [disturbances](disturbances.svg).',
  ].join('\n\n');
}

function operatingPoints(
  points: NonNullable<EvaluationReport['operatingPoints']>,
  threshold: number,
): string {
  return [
    'Chosen on validation patients, on the worst of the sets; the rates are those on that set.',
    table(
      ['Purpose', 'Threshold', 'Sensitivity', 'Specificity', 'Worst set', 'Asked for'],
      points.map((point) => [
        point.threshold === threshold ? `${point.purpose} (default)` : point.purpose,
        String(point.threshold),
        withInterval(point.sensitivity),
        withInterval(point.specificity),
        point.worstSet,
        point.shortfall > 0
          ? `${point.rule}. Not reached: ${figure(point.shortfall)} short, the nearest is taken`
          : point.rule,
      ]),
    ),
  ].join('\n\n');
}

function calibrationText(calibration: Calibration, { calibration: choice, ece }: EvaluationReport): string {
  const numbers =
    calibration.method === 'platt'
      ? `Platt, slope ${calibration.slope}, offset ${calibration.offset}`
      : calibration.method === 'temperature'
        ? `temperature ${calibration.temperature}`
        : 'none needed';
  const chosen = choice
    ? ` Chosen by cross-validated loss on ${choice.patients} patients: as it is ${choice.logLoss.identity}, ` +
      `temperature ${choice.logLoss.temperature}, Platt ${choice.logLoss.platt} nats. The probabilities assume ` +
      `${percent(choice.prior)} pneumonia: where it is rarer, they are too high.`
    : '';
  return `${numbers}.${chosen} Error ${figure(ece)} on the images above.`;
}

function knownFailures({ sets, gate }: EvaluationReport): string {
  const byName = Object.entries(sets ?? {});
  const lowest = byName.reduce<(typeof byName)[number] | undefined>(
    (worst, next) =>
      !worst || next[1].intervals.specificity.value < worst[1].intervals.specificity.value ? next : worst,
    undefined,
  );
  return list([
    'An AUC of 0.54 was published for a model like this one, trained on the same data, on children of another ' +
      'hospital. Measure it on your own images before any use.',
    'Normals that were taken differently are called pneumonia: specificity falls first.' +
      (lowest ? ` Lowest here: ${withInterval(lowest[1].intervals.specificity)} on "${lowest[0]}".` : ''),
    'The test patients come from the hospital of the training patients, which flatters every figure above.',
    'What is no chest X-ray may be answered as if it were one' +
      (gate ? mistakenFor(gate) : ': no figure says how often.'),
  ]);
}

const seldomRefused = 0.9;

/** The kinds of pictures that the gate takes for chest X-rays. */
function mistakenFor({ notXrays }: NonNullable<EvaluationReport['gate']>): string {
  const kinds = notXrays.filter(({ refused }) => refused.value < seldomRefused);
  if (kinds.length === 0) return ', seldom.';
  const named = kinds.map(({ name, refused }) => `${name} (${withInterval(refused)} refused)`).join(', ');
  return `. Most often: ${named}.`;
}
