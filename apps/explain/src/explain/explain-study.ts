import type { BlobStore } from '@lucency/blobs';
import { colorMapName, renderHeatmap } from '@lucency/imaging';
import { type ExplainJob, hopeless, type JobOutcome, later } from '@lucency/messaging';
import { type ModelCard, strongEvidence } from '@lucency/model/card';
import { fetchImage } from '@lucency/reading';
import { type EvidenceReader, evidenceOfImage } from './evidence-of-image.js';

export interface ExplainDeps extends EvidenceReader {
  blobs: Pick<BlobStore, 'read' | 'write'>;
  card: Pick<ModelCard, 'calibration' | 'input'>;
}

const storeAwayRetrySeconds = 5;

/** One job of kind explain: the heatmap of a reading, from its own evidence map or from the image. */
export async function explainStudy(job: ExplainJob, deps: ExplainDeps): Promise<JobOutcome<'explain'>> {
  const started = performance.now();
  let found = job.reading;
  if (!found) {
    const fetched = await fetchImage(deps.blobs, job.image);
    if (!fetched.ok) return fetched.outcome;
    found = await evidenceOfImage(fetched.bytes, deps);
    if (!found) return hopeless('INTERNAL', 'an image that was read before can no longer be decoded');
  }
  const { modelId, evidence, width, height, region } = found;
  const evidenceReady = performance.now();

  const strong = strongEvidence(deps.card.calibration);
  const heatmap = await renderHeatmap(evidence, { strong, width, height, region });
  const { png, peak, scaleTop, empty } = heatmap;
  const drawn = performance.now();
  const timings = { evidence: evidenceReady - started, draw: drawn - evidenceReady };
  if (empty) return { outcome: 'withheld', modelId, reason: 'NO_EVIDENCE', timings };

  try {
    await deps.blobs.write(job.heatmapKey, png);
  } catch (error) {
    return later(storeAwayRetrySeconds, `blob store: ${String(error)}`);
  }
  return {
    outcome: 'drawn',
    heatmap: {
      modelId,
      method: 'grad-cam',
      blobKey: job.heatmapKey,
      width: heatmap.width,
      height: heatmap.height,
      colorMap: colorMapName,
      peak,
      scaleTop,
    },
    timings: { ...timings, store: performance.now() - drawn },
  };
}
