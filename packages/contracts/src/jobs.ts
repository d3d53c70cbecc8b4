import { z } from 'zod';
import { region } from './region.js';

/** The version of job and result messages this build writes. A newer one is answered with `later`. */
export const messageVersion = 1;

export const priority = z.enum(['STAT', 'ROUTINE']);
export type Priority = z.infer<typeof priority>;

export const jobKind = z.enum(['classify', 'explain', 'score']);
export type JobKind = z.infer<typeof jobKind>;

// Ids of Postgres, of any UUID version.
const uuid = z.guid();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The signed 7 x 7 Grad-CAM sum, row-major, top-left first; positive speaks for pneumonia. */
export const evidenceMap = z.array(z.number()).length(49);

/**
 * A way to explain a reading, as tasks, heatmaps and messages name it. Any name is understood here: another version may have
 * methods that this one has not.
 */
export const explanationMethod = z.string().regex(/^[a-z][a-z0-9-]*$/);
/** What messages and rows mean that name no method: they are older than the name, so this never changes. */
export const defaultMethod = 'grad-cam';
/** Whose heatmaps are shown, counted and sent. Another one joins beside it before it takes its place. */
export const shownMethod = 'grad-cam';

/** A job is given up after this many tries that crashed its worker, hung, or failed by its own fault. */
export const maxTries = 5;

const job = z.object({
  version: z.literal(messageVersion),
  taskId: uuid,
  /** Raised by retryStudy only; the recorder drops results of an earlier attempt. */
  attempt: z.int().positive(),
  /** Tries of this attempt that ended in a crash or at a deadline before this message was published. */
  tries: z.int().nonnegative(),
  priority,
  organizationId: uuid,
  studyId: uuid,
  /** The model that the job is about. Defaults to the model in use. */
  modelId: z.string().min(1).optional(),
  image: z.object({
    id: uuid,
    blobKey: z.string().min(1),
    sha256,
    bytes: z.int().positive(),
  }),
});

export const classifyJob = job.extend({ kind: z.literal('classify') });

/** What a reading left behind for Grad-CAM; absent when explain must compute it from the image. */
export const readingEvidence = z.object({
  modelId: z.string(),
  evidence: evidenceMap,
  /** Where in the original the evidence lies; older dispatchers leave it out, and mean all of it. */
  region: region.optional(),
  /** Pixels of the original, for the shape of its heatmap. */
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
});

export const explainJob = job.extend({
  kind: z.literal('explain'),
  method: explanationMethod.default(defaultMethod),
  heatmapKey: z.string().min(1),
  reading: readingEvidence.nullable(),
});

export const faithfulnessJob = job.extend({
  kind: z.literal('score'),
  method: explanationMethod.default(defaultMethod),
  reading: readingEvidence,
});

export type ReadingEvidence = z.infer<typeof readingEvidence>;
export type ClassifyJob = z.infer<typeof classifyJob>;
export type ExplainJob = z.infer<typeof explainJob>;
export type FaithfulnessJob = z.infer<typeof faithfulnessJob>;

export const anyJob = z.discriminatedUnion('kind', [classifyJob, explainJob, faithfulnessJob]);
export type Job = z.infer<typeof anyJob>;
export type JobOf<Kind extends JobKind> = Extract<Job, { kind: Kind }>;
