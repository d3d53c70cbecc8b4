import { z } from 'zod';
import { defaultMethod, evidenceMap, explanationMethod, jobKind, messageVersion } from './jobs.js';
import { cautionCode, failureCode, refusalCode, withholdingCode } from './reasons.js';
import { point, region, wholePicture } from './region.js';

/** What a conformal set of the model lets it claim; for that share of like patients it does not leave out the truth. */
export const readingClaim = z.object({
  coverage: z.number().min(0).max(1),
  says: z.enum(['NORMAL', 'PNEUMONIA', 'CANNOT_TELL']),
  /** The data set whose patients it is promised to; null where the model names none, and from older workers. */
  source: z.string().nullable().default(null),
});
export type ReadingClaim = z.infer<typeof readingClaim>;

const fraction = z.number().min(0).max(1);

/** The lungs that were found in an image. */
export const lungsResult = z.object({
  box: region,
  /** Share of the picture that they cover. */
  coverage: fraction,
  /** Mean probability of the pixels taken for lung. */
  confidence: fraction,
  /** 28 x 28 cells over the picture, a bit each, row-major from the highest, base64. */
  mask: z.base64().length(132),
  /** Closed lines around them and around what they leave out, for people to look at; none from workers that draw none. */
  outline: z.array(z.array(point)).default([]),
  /** Share of the evidence for pneumonia that lies in the lungs; null where nothing speaks for it. */
  evidenceInside: fraction.nullable(),
});
export type LungsResult = z.infer<typeof lungsResult>;

/** What kind of pneumonia an image looks like; calibrated, apart from the probability of pneumonia. */
export const pneumoniaType = z
  .object({
    normal: fraction,
    bacterial: fraction,
    viral: fraction,
    says: z.enum(['BACTERIAL', 'VIRAL', 'UNCERTAIN']),
  })
  .refine(({ normal, bacterial, viral }) => Math.abs(normal + bacterial + viral - 1) < 1e-3, {
    error: 'normal, bacterial and viral must sum to 1',
  });
export type PneumoniaType = z.infer<typeof pneumoniaType>;

/** What a model said about one image. */
export const readingResult = z.object({
  modelId: z.string(),
  /** Which engine answered: onnx-int8, onnx-fp32, tfjs-wasm or tfjs-node. */
  engine: z.string(),
  probability: z.number().min(0).max(1),
  logit: z.number(),
  threshold: z.number().min(0).max(1),
  decision: z.enum(['NORMAL', 'PNEUMONIA']),
  evidence: evidenceMap,
  /** Pixels of the original, after its orientation was applied. */
  width: z.int().positive(),
  height: z.int().positive(),
  /** What of the original the model read; its evidence lies there. Workers that do not say read the whole picture. */
  region: region.default(wholePicture),
  /** Empty from a model without conformal sets, and from workers that do not know of claims yet. */
  claims: z.array(readingClaim).default([]),
  cautions: z.array(cautionCode).default([]),
  /** Null from workers that look for none. */
  lungs: lungsResult.nullable().default(null),
  /**
   * Null where the decision is NORMAL or nothing may be claimed, from a model without a second head, and from workers
   * that do not know of types yet.
   */
  type: pneumoniaType.nullable().default(null),
});
export type ReadingResult = z.infer<typeof readingResult>;

export const heatmapResult = z.object({
  modelId: z.string(),
  method: explanationMethod,
  blobKey: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  colorMap: z.string(),
  /** Largest positive value of the evidence map, in units of the logit. */
  peak: z.number().nonnegative(),
  /** Evidence drawn in the strongest colour, in units of the logit; older workers leave it out, and mean the peak. */
  scaleTop: z.number().positive().optional(),
});
export type HeatmapResult = z.infer<typeof heatmapResult>;

/** How a heatmap may be shown, by its faithfulness: as it is, with a caution, or not at all. */
export const presentation = z.enum(['PLAIN', 'CAUTIOUS', 'WITHHELD']);
export type Presentation = z.infer<typeof presentation>;

/** Areas under the insertion and deletion curves of Petsiuk et al. 2018 (RISE), each in [0, 1]. */
export const faithfulnessResult = z.object({
  modelId: z.string(),
  /** Of the heatmap that was measured; older workers measure the usual method. */
  method: explanationMethod.default(defaultMethod),
  insertion: z.number(),
  deletion: z.number(),
  /** Left out by older workers. */
  presentation: presentation.default('PLAIN'),
});
export type FaithfulnessResult = z.infer<typeof faithfulnessResult>;

/** Where the milliseconds of a job went, by step. */
export const timings = z.record(z.string(), z.number().nonnegative());
export type Timings = z.infer<typeof timings>;

const head = z.object({
  version: z.literal(messageVersion),
  kind: jobKind,
  taskId: z.guid(),
  attempt: z.int().positive(),
  organizationId: z.guid(),
  studyId: z.guid(),
  imageId: z.guid(),
  timings,
});

/** Every way a job can end, as the recorder reads it. `later` asks for another try in a while. */
export const jobResult = z.discriminatedUnion('outcome', [
  head.extend({ outcome: z.literal('read'), kind: z.literal('classify'), reading: readingResult }),
  head.extend({ outcome: z.literal('refused'), kind: z.literal('classify'), reason: refusalCode }),
  head.extend({ outcome: z.literal('drawn'), kind: z.literal('explain'), heatmap: heatmapResult }),
  head.extend({
    outcome: z.literal('withheld'),
    kind: z.literal('explain'),
    modelId: z.string(),
    reason: withholdingCode,
  }),
  head.extend({ outcome: z.literal('scored'), kind: z.literal('score'), faithfulness: faithfulnessResult }),
  head.extend({
    outcome: z.literal('later'),
    delaySeconds: z.number().nonnegative(),
    /** Tries of this attempt so far, this one included when the job itself was at fault. */
    tries: z.int().nonnegative(),
  }),
  head.extend({ outcome: z.literal('failed'), reason: failureCode }),
]);
export type JobResult = z.infer<typeof jobResult>;
