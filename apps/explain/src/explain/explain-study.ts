import type { BlobStore } from '@lucency/blobs';
import { type ExplainJob, type JobOutcome, later } from '@lucency/contracts';
import { colorMapName, renderHeatmap } from '@lucency/imaging';
import { type ModelCard, strongEvidence } from '@lucency/model/card';
import { explainBy, type Methods } from '../methods/choose.js';
import { type OriginalDeps, openOriginal } from '../methods/original.js';

export interface ExplainDeps extends OriginalDeps, Methods {
  blobs: Pick<BlobStore, 'read' | 'write'>;
  card: Pick<ModelCard, 'calibration' | 'input'>;
}

const storeAwayRetrySeconds = 5;

/** One job of kind explain: the heatmap of a reading. */
export async function explainStudy(job: ExplainJob, deps: ExplainDeps): Promise<JobOutcome<'explain'>> {
  const started = performance.now();
  const { reading, method } = job;
  const explanation = await explainBy(job, { reading, original: () => openOriginal(job, deps) }, deps);
  if ('outcome' in explanation) return explanation;
  const { modelId, evidence, width, height, region } = explanation;
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
      method,
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
