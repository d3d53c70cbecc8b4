import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { architectureName, inputSize, typeClasses } from '../architecture.js';
import { withNames } from './with-names.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const fraction = z.number().min(0).max(1);

/** Smallest and largest value a tensor took over the calibration images. */
export const activationRange = z.tuple([z.number(), z.number()]).refine(([low, high]) => low < high);

/** How a logit becomes a probability: sigmoid(logit / temperature), or Platt's sigmoid(slope * logit + offset). */
export const calibration = z.discriminatedUnion('method', [
  z.object({ method: z.literal('identity') }),
  z.object({ method: z.literal('temperature'), temperature: z.number().positive() }),
  z.object({ method: z.literal('platt'), slope: z.number().positive(), offset: z.number() }),
]);

/** A figure with its 95 % interval, by bootstrap over patients. */
export const interval = z.object({ value: fraction, low: fraction, high: fraction });
export type Interval = z.infer<typeof interval>;

/** What an answer is wanted for: to miss nobody, to weigh both errors alike, to be sure before acting. */
export const purposes = ['screening', 'balanced', 'rule-in'] as const;
export type Purpose = (typeof purposes)[number];

export const operatingPointFields = z.object({
  purpose: z.enum(purposes),
  threshold: fraction,
  sensitivity: interval,
  specificity: interval,
  worstSet: z.string(),
});
/** A threshold of the calibrated probability with what it gives on the worst of the sets it was chosen on. */
const operatingPoint = z.preprocess(withNames({ on: 'worstSet' }), operatingPointFields);
export type OperatingPoint = z.infer<typeof operatingPoint>;

/**
 * Split-conformal sets by class (Vovk 2012) as bounds of the calibrated probability: normal belongs to the set up
 * to `normalUpTo`, pneumonia from `pneumoniaFrom` on.
 */
export const conformalLevel = z.object({
  coverage: fraction,
  normalUpTo: fraction,
  pneumoniaFrom: fraction,
  /** The data set of the calibration patients: to nobody else is anything promised. */
  source: z.string().optional(),
});
export type ConformalLevel = z.infer<typeof conformalLevel>;

/**
 * What training pictures look like to conv3 (`typicality`): their mean, the directions they vary most in, and how
 * far from both a picture must be to be called untypical.
 */
export const typicalTexture = z.object({
  /** 512 values in bytes, base64, times `scale`; row by row. */
  mean: z.object({ scale: z.number().positive(), values: z.base64() }),
  directions: z.array(
    z.object({ deviation: z.number().positive(), scale: z.number().positive(), values: z.base64() }),
  ),
  /** Deviation of what the directions leave over, a value. */
  residual: z.number().positive(),
  /** Distance above which a caution is due: about 1 % of validation pictures, undisturbed, lie beyond. */
  threshold: z.number().positive(),
  /** Distance above which a picture that looks little like a chest is none: beyond validation pictures in any disturbance. */
  far: z.number().positive(),
});
export type TypicalTexture = z.infer<typeof typicalTexture>;

const [normal, bacterial, viral] = typeClasses;

/**
 * How the second head's logits become a hint: a softmax of logits / `temperature`; a type is named where its share of
 * bacterial and viral together reaches its bound, from which on at least nine in ten of the validation patients' were
 * right; 1 where no bound keeps that.
 */
export const pneumoniaTypes = z.object({
  classes: z.tuple([z.literal(normal), z.literal(bacterial), z.literal(viral)]),
  temperature: z.number().positive(),
  bacterialFrom: z.number().min(0.5).max(1),
  viralFrom: z.number().min(0.5).max(1),
});
export type PneumoniaTypes = z.infer<typeof pneumoniaTypes>;

const partCounts = z.object({
  train: z.int(),
  validation: z.int(),
  /** Of patients that nothing but the calibration saw. */
  calibration: z.int().default(0),
  test: z.int(),
});

export const modelCard = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  architecture: z.literal(architectureName),
  createdAt: z.iso.datetime(),
  trainedOn: z.object({
    name: z.string(),
    source: z.string(),
    licence: z.string(),
    population: z.string(),
    images: partCounts,
    patients: partCounts,
  }),
  /** The backbone's own preprocessing (channel order, ImageNet means) is inside the network. */
  preprocessing: z.object({
    width: z.literal(inputSize),
    height: z.literal(inputSize),
    channels: z.literal('RGB'),
    range: z.tuple([z.literal(0), z.literal(1)]),
    kernel: z.literal('linear'),
    fit: z.literal('fill'),
  }),
  /** Which part of a picture the model is shown: all of it, or the lungs with a margin. */
  input: z.object({ crop: z.enum(['none', 'lungs']) }).default({ crop: 'none' }),
  /** What is averaged at test time: the picture alone, or also its mirror image. */
  views: z.enum(['one', 'mirrored']).default('one'),
  /** Calibrated probability from which on the answer is PNEUMONIA; chosen on validation images alone. */
  threshold: fraction,
  /** The default's threshold is `threshold`. */
  operatingPoints: z.array(operatingPoint).default([]),
  conformal: z.array(conformalLevel).default([]),
  /** Score of `measureFaithfulness`, in log-odds, below which a heatmap is shown with a caution, or not at all. */
  faithfulness: z.object({ cautionBelow: z.number(), withholdBelow: z.number() }).optional(),
  /** Absent where the model tells no types of pneumonia apart. */
  types: pneumoniaTypes.optional(),
  /** Absent where nothing was fitted; then no picture is called untypical. */
  typicality: typicalTexture.optional(),
  calibration,
  /** Both ends belong to the range. */
  ageRangeMonths: z.object({ from: z.int().nonnegative(), to: z.int().positive() }),
  intendedUse: z.string(),
  limits: z.array(z.string()),
  /** By tensor name: `input` (means taken away), each convolution, each block's sum, `pooled`. */
  int8: z.object({ images: z.int().positive(), ranges: z.record(z.string(), activationRange) }),
  fingerprints: z.object({ weights: sha256 }),
  /** What the engine must answer to a drawn input, or it is not used. */
  golden: z.object({
    input: z.literal('drawn-chest-1'),
    logit: z.object({ fp32: z.number(), int8: z.number() }),
    tolerance: z.object({ fp32: z.number().positive(), int8: z.number().positive() }),
  }),
  training: z.object({
    preset: z.string(),
    seed: z.int(),
    /** The epoch of fine-tuning whose weights were kept. */
    epochs: z.int().nonnegative(),
    /** Share of the fine-tuned weights; the rest is of the head-only weights. */
    interpolation: fraction,
  }),
});
export type ModelCard = z.infer<typeof modelCard>;
export type Calibration = z.infer<typeof calibration>;

export const cardFileName = 'model.json';

/** Reads `model.json` of a model's directory. Throws with every fault named when it is not a card. */
export async function readModelCard(directory: string): Promise<ModelCard> {
  const path = join(directory, cardFileName);
  const parsed = modelCard.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${basename(directory)}/${cardFileName} is no model card:\n${z.prettifyError(parsed.error)}`,
  );
}
