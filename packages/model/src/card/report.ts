import { z } from 'zod';
import { engineNames } from './engine.js';
import { conformalLevel, interval, operatingPointFields, purposes } from './model-card.js';
import { withNames } from './with-names.js';

/**
 * `report.json`: what was measured of a model on labelled images, as plain data. Shares are in [0, 1]; intervals are
 * of 95 %, by bootstrap over patients. Only what stands first is always there.
 */

const fraction = z.number().min(0).max(1);
const count = z.int().nonnegative();
/** A figure that may be below 0, with its interval. */
const signedInterval = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** `precision` and `f1` depend on the share of pneumonia among the images, `ece` on ten bins of equal width. */
export const figures = z.object({
  auc: fraction,
  accuracy: fraction,
  sensitivity: fraction,
  specificity: fraction,
  precision: fraction,
  f1: fraction,
  ece: fraction,
});
export type Figures = z.infer<typeof figures>;

const figureIntervals = z.object({
  auc: interval,
  accuracy: interval,
  sensitivity: interval,
  specificity: interval,
  precision: interval,
  f1: interval,
  ece: interval,
});
export type FigureName = keyof Figures;

/** `prior`: the share of pneumonia among these images, which precision, F1 and calibration error assume. */
export const figuresOnSet = z.object({
  images: count,
  patients: count,
  prior: fraction,
  intervals: figureIntervals,
});
export type FiguresOnSet = z.infer<typeof figuresOnSet>;

/** A place of a curve with the interval of its height. */
const bandPoint = z.object({ x: fraction, y: fraction, low: fraction, high: fraction });
export type BandPoint = z.infer<typeof bandPoint>;

/** Images whose probability lies in [from, to): its mean, and the share that had pneumonia. */
const reliabilityBin = z.preprocess(
  withNames({ said: 'meanProbability', was: 'observedRate' }),
  z.object({ from: fraction, to: fraction, count, meanProbability: fraction, observedRate: interval }),
);
export type ReliabilityWithInterval = z.infer<typeof reliabilityBin>;

/**
 * `rule`: by which it was chosen, in words. `shortfall`: how much of the rate that the rule asks for the worst set lacks,
 * 0 where it holds. `plain`: the rates on undisturbed images.
 */
export const chosenPoint = z.preprocess(
  withNames({ on: 'worstSet', wanted: 'rule' }),
  operatingPointFields.extend({
    rule: z.string(),
    shortfall: fraction,
    plain: z.object({ sensitivity: interval, specificity: interval }),
  }),
);
export type ChosenPoint = z.infer<typeof chosenPoint>;

/** Shares of images: true class in the set (whole and by class), both or no class in it, one class in it. */
const coverage = z.object({
  covered: fraction,
  coveredNormal: fraction,
  coveredPneumonia: fraction,
  cannotTell: fraction,
  singletons: fraction,
  /** Of the answers that name one class, the share that is right. */
  singletonsRight: fraction,
});
export type Coverage = z.infer<typeof coverage>;

const conformalOnSets = conformalLevel.extend({ sets: z.record(z.string(), coverage) });

/** Mean cross-entropy a patient, in nats, of patients that the fit did not see. */
const calibrationChoice = z.object({
  method: z.enum(['identity', 'temperature', 'platt']),
  /** Share of pneumonia, patients weighing alike, that the probabilities assume; Platt's offset moves with it. */
  prior: fraction,
  patients: count,
  logLoss: z.object({ identity: z.number(), temperature: z.number(), platt: z.number() }),
});
export type CalibrationChoice = z.infer<typeof calibrationChoice>;

const engineRow = z.object({
  engine: z.enum(engineNames),
  images: count,
  auc: fraction,
  /** Share of decisions that are not those of `onnx-fp32`. */
  decisionsDiffer: fraction,
  /** Mean correlation of evidence maps with those of `onnx-fp32`. */
  evidenceCorrelation: z.number().min(-1).max(1),
  milliseconds: z.number().nonnegative(),
});
export type EngineRow = z.infer<typeof engineRow>;

/** What each operating point does on a set that had no part in its choice, or that no model of this kind learnt from. */
const pointOnSet = z.object({
  purpose: z.enum(purposes),
  set: z.string(),
  images: count,
  sensitivity: interval,
  specificity: interval,
});

const presetRow = z.object({
  preset: z.string(),
  threshold: fraction,
  sets: z.record(z.string(), figuresOnSet),
});

/** Share refused of each family of pictures that are no X-rays, left out when the gate was made; and of X-rays. */
const refusedShare = z.object({ name: z.string(), images: count, refused: interval });
/** `poses`: how often the way in which an X-ray lies was told. */
const gate = z.object({
  notXrays: z.array(refusedShare),
  xrays: z.array(refusedShare),
  poses: z.array(z.object({ name: z.string(), images: count, recognised: interval })).default([]),
});

/**
 * Area under insertion, under deletion, and their difference, of probability in [0, 1]; `score`: the difference of the
 * areas under log-odds.
 */
const mapFigures = z.object({
  insertion: signedInterval,
  deletion: signedInterval,
  gap: signedInterval,
  score: signedInterval,
});

const mapsOfGroup = z.object({ images: count, model: mapFigures, random: mapFigures, centre: mapFigures });

/** Of evidence maps: insertion and deletion (Petsiuk et al. 2018), sanity (Adebayo et al. 2018). */
export const explanationFigures = z.object({
  images: count,
  patients: count,
  all: mapsOfGroup,
  calledPneumonia: mapsOfGroup,
  /** Gap of the model's maps over the centre prior's, on all; null where the latter is not above 0. */
  timesCentre: z.number().nullable(),
  /** Mean rank correlation with the maps of the same network with random weights, and of its size. */
  sanity: z.array(
    z.object({
      randomised: z.string(),
      models: count,
      images: count,
      correlation: signedInterval,
      absolute: fraction,
    }),
  ),
  /** Share of images in which nothing speaks for pneumonia: of those called pneumonia, and of all. */
  empty: z.object({ calledPneumonia: fraction, all: fraction }),
  thresholds: z
    .object({
      cautionBelow: z.number(),
      withholdBelow: z.number(),
      /**
       * Area under the ROC curve of the score over what it should tell: whether the map beats a random one of the
       * same image, and whether the answer is right; a half is nothing, null where all are alike. Of images called
       * pneumonia, as the groups.
       */
      separates: z.object({ betterThanRandom: fraction.nullable(), right: fraction.nullable() }),
      groups: z.array(
        z.object({
          shown: z.enum(['plain', 'caution', 'withheld']),
          images: count,
          right: fraction,
          betterThanRandom: fraction,
        }),
      ),
    })
    .optional(),
});
export type ExplanationFigures = z.infer<typeof explanationFigures>;

/**
 * Where the strongest evidence of pneumonias lies, and how the positive evidence is spread; shares of images, means of
 * shares of evidence and of areas. Lungs count with what lies right beside them in `peakInLungs` alone.
 */
const evidenceInLungs = z.object({
  name: z.string(),
  images: count,
  peakInLungs: interval,
  /** Within 12 % of the side from the nearest edge of the whole picture. */
  peakAtEdge: interval,
  energyInLungs: interval,
  areaOfLungs: fraction,
});
const evidenceInBoxes = z.object({
  name: z.string(),
  images: count,
  /** The strongest evidence lies in an opacity that radiologists marked. */
  hit: interval,
  energy: fraction,
  area: fraction,
});
/** Figures of the second head, on pneumonias of known type and normals. `confusion`: rows are what it was. */
const typeFigures = z.object({
  images: count,
  patients: count,
  /** Mean of the areas of each class against the others. */
  macroAuc: interval,
  auc: z.object({
    normal: interval,
    bacterial: interval,
    viral: interval,
    bacterialAgainstViral: interval,
  }),
  confusion: z.array(z.array(count)),
  /** Share of pneumonias whose type is named, and of those the share that is right. */
  named: interval,
  namedRight: interval,
});

/** The same test pictures of the same patients, each model shown what it is shown in service. */
const modelCompared = z.object({
  model: z.string(),
  threshold: fraction,
  sets: z.record(z.string(), figuresOnSet),
  lungs: z.array(evidenceInLungs),
  boxes: z.array(evidenceInBoxes),
});
export type ModelCompared = z.infer<typeof modelCompared>;

/** How often images were refused, and how often a reading came with a caution, by the code of each. */
const refusalsByReason = z.record(z.string(), count);
const cautionsByReason = z.record(z.string(), interval);

/** Full-size originals against their small versions. */
const twins = z.object({
  pairs: count,
  medianLogitDifference: z.number().nonnegative(),
  largestLogitDifference: z.number().nonnegative(),
  decisionsDiffer: count,
});

const tried = z.object({
  what: z.string(),
  outcome: z.string(),
  figures: z.record(z.string(), z.number()).optional(),
});

const figuresOfEpoch = z.object({
  accuracy: fraction,
  precision: fraction,
  recall: fraction,
  f1: fraction,
  auc: fraction,
});

/** A line of the training's log; losses are mean cross-entropy in nats. */
export const epochRecord = z.object({
  epoch: z.int().positive(),
  stage: z.string(),
  trainingLoss: z.number(),
  validationLoss: z.number(),
  training: figuresOfEpoch.partial().optional(),
  validation: figuresOfEpoch.partial().optional(),
});
export type EpochRecord = z.infer<typeof epochRecord>;

/** What a training run adds to an evaluation. Names of sets are for people: "border cropped", "another series". */
export const reportSections = z
  .object({
    sets: z.record(z.string(), figuresOnSet),
    operatingPoints: z.array(chosenPoint),
    pointsOnSets: z.array(pointOnSet),
    conformal: z.array(conformalOnSets),
    calibration: calibrationChoice,
    engines: z.array(engineRow),
    presets: z.array(presetRow),
    models: z.array(modelCompared),
    ablation: z.array(modelCompared),
    types: typeFigures,
    gate,
    explanations: explanationFigures,
    twins,
    tried: z.array(tried),
    epochs: z.array(epochRecord),
    refusals: refusalsByReason,
    cautions: cautionsByReason,
  })
  .partial();
export type ReportSections = z.infer<typeof reportSections>;

export const evaluationReport = figures.extend({
  /** Images read; refused ones are counted apart and enter no other figure. */
  n: count,
  threshold: fraction,
  refused: count,
  engine: z.enum(engineNames),
  modelId: z.string(),
  confusion: z.object({ tp: count, fp: count, tn: count, fn: count }),
  patients: count,
  prior: fraction,
  millisecondsPerImage: z.number().nonnegative(),
  intervals: figureIntervals,
  roc: z.array(bandPoint),
  precisionRecall: z.array(bandPoint),
  reliability: z.array(reliabilityBin),
  ...reportSections.shape,
});
export type EvaluationReport = z.infer<typeof evaluationReport>;
