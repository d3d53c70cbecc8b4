import type { BlobStore } from '@lucency/blobs';
import { type ClassifyJob, type JobOutcome, later } from '@lucency/contracts';
import { HeavyLaneFull, type Places } from '@lucency/imaging';
import { classifyImage, fetchImage, type ImageReader } from '@lucency/reading';

export interface ClassifyDeps extends ImageReader {
  blobs: Pick<BlobStore, 'read'>;
  /** For files so large that the slots of all lanes together could not hold them. */
  largeFiles: Places;
  /** Called with the probability of each reading. */
  onReading?: (probability: number) => void;
}

/** Sixteen slots of smaller ones take 128 MB. */
const largeFileBytes = 8e6;
/** About what a heavy image takes. */
const heavyRetrySeconds = 3;

/** Long enough for workers of another model to start, or for this one to be replaced. */
const otherModelRetrySeconds = 60;

/**
 * One job of kind classify. It is left to others where it names another model. What must wait for others of its size gives its
 * slot back meanwhile.
 */
export async function classifyStudy(job: ClassifyJob, deps: ClassifyDeps): Promise<JobOutcome<'classify'>> {
  const { modelId } = deps.engine;
  if (job.modelId !== undefined && job.modelId !== modelId) {
    return later(otherModelRetrySeconds, `asked to read by ${job.modelId}, this service has ${modelId}`);
  }
  if (job.image.bytes <= largeFileBytes) return classifyStored(job, deps);
  const leave = deps.largeFiles.takeNow(job.priority);
  if (!leave) return later(heavyRetrySeconds, 'other large files are in flight');
  try {
    return await classifyStored(job, deps);
  } finally {
    leave();
  }
}

async function classifyStored(job: ClassifyJob, deps: ClassifyDeps): Promise<JobOutcome<'classify'>> {
  const started = performance.now();
  const fetched = await fetchImage(deps.blobs, job.image);
  if (!fetched.ok) return fetched.outcome;
  const fetch = performance.now() - started;
  try {
    const answer = await classifyImage(fetched.bytes, deps, job.priority);
    if (answer.outcome === 'read') deps.onReading?.(answer.reading.probability);
    return { ...answer, timings: { fetch, ...answer.timings } };
  } catch (error) {
    if (error instanceof HeavyLaneFull) return later(heavyRetrySeconds, error.message);
    throw error;
  }
}
