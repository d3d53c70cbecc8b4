import type { BlobStore } from '@lucency/blobs';
import type { ClassifyJob, JobOutcome } from '@lucency/messaging';
import { classifyImage, type ImageReader } from './classify-image.js';
import { fetchImage } from './fetch-image.js';

export interface ClassifyDeps extends ImageReader {
  blobs: Pick<BlobStore, 'read'>;
  /** Told the probability of each reading. */
  onReading?: (probability: number) => void;
}

/** One job of kind classify. */
export async function classifyStudy(job: ClassifyJob, deps: ClassifyDeps): Promise<JobOutcome<'classify'>> {
  const started = performance.now();
  const fetched = await fetchImage(deps.blobs, job.image);
  if (!fetched.ok) return fetched.outcome;
  const fetch = performance.now() - started;

  const answer = await classifyImage(fetched.bytes, deps, job.priority);
  if (answer.outcome === 'read') deps.onReading?.(answer.reading.probability);
  return { ...answer, timings: { fetch, ...answer.timings } };
}
