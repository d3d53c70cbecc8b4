import type { BlobStore } from '@lucency/blobs';
import { measureFaithfulness } from '@lucency/imaging';
import { hopeless, type JobOutcome, later, type ScoreJob } from '@lucency/messaging';
import { calibratedLogOdds, type ModelCard } from '@lucency/model/card';
import { fetchImage } from '@lucency/reading';
import { type EvidenceReader, shownToModel } from '../explain/evidence-of-image.js';
import { presentationOf } from './presentation.js';

export interface ScoreDeps extends EvidenceReader {
  blobs: Pick<BlobStore, 'read'>;
  card: Pick<ModelCard, 'calibration' | 'faithfulness' | 'input'>;
  /** How many images wait to be read or explained. */
  urgentBacklog: () => Promise<number>;
}

const busyRetrySeconds = 15;

/** One job of kind score. It gives way to everything else, also to what came since it was pulled: nobody waits for it. */
export async function scoreStudy(job: ScoreJob, deps: ScoreDeps): Promise<JobOutcome<'score'>> {
  const waiting = await deps.urgentBacklog();
  if (waiting > 0) return later(busyRetrySeconds, `${waiting} images wait to be read or explained`);

  const started = performance.now();
  const fetched = await fetchImage(deps.blobs, job.image);
  if (!fetched.ok) return fetched.outcome;
  const prepared = await deps.preparer.prepare(fetched.bytes);
  if (!prepared.ok) return hopeless('INTERNAL', 'an image that was read before can no longer be decoded');

  const engine = await deps.engine();
  if (engine.modelId !== job.reading.modelId) {
    return hopeless(
      'INTERNAL',
      `the reading is of ${job.reading.modelId}, this service has ${engine.modelId}`,
    );
  }
  const { score, ...areas } = await measureFaithfulness(
    (await shownToModel(prepared.value, deps)).input,
    job.reading.evidence,
    async (inputs) => {
      const answers = await Promise.all(inputs.map((input) => engine.classify(input, 'ROUTINE')));
      return answers.map(({ logit }) => calibratedLogOdds(logit, deps.card.calibration));
    },
  );
  return {
    outcome: 'scored',
    faithfulness: {
      modelId: engine.modelId,
      ...areas,
      presentation: presentationOf(score, deps.card.faithfulness),
    },
    timings: { score: performance.now() - started },
  };
}
