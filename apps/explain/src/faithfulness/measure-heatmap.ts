import { type FaithfulnessJob, hopeless, type JobOutcome, later } from '@lucency/contracts';
import { measureFaithfulness } from '@lucency/imaging';
import { calibratedLogOdds, type ModelCard } from '@lucency/model/card';
import { explainBy, type Methods } from '../methods/choose.js';
import { type OriginalDeps, openOriginal, shownToModel } from '../methods/original.js';
import { presentationOf } from './presentation.js';

export interface FaithfulnessDeps extends OriginalDeps, Methods {
  card: Pick<ModelCard, 'calibration' | 'faithfulness' | 'input'>;
  /** How many images wait to be read or explained. */
  urgentBacklog: () => Promise<number>;
}

const busyRetrySeconds = 15;

/**
 * Measures the faithfulness of a heatmap: one job of kind `score`. It gives way to all other work, also to what arrived since it
 * was pulled: nobody waits for it.
 */
export async function measureHeatmap(
  job: FaithfulnessJob,
  deps: FaithfulnessDeps,
): Promise<JobOutcome<'score'>> {
  const waiting = await deps.urgentBacklog();
  if (waiting > 0) return later(busyRetrySeconds, `${waiting} images wait to be read or explained`);

  const started = performance.now();
  const image = await openOriginal(job, deps);
  if ('outcome' in image) return image;
  const engine = await deps.engine();
  const { reading, method } = job;
  if (engine.modelId !== reading.modelId) {
    return hopeless('INTERNAL', `the reading is of ${reading.modelId}, this service has ${engine.modelId}`);
  }
  const explanation = await explainBy(job, { reading, original: async () => image }, deps);
  if ('outcome' in explanation) return explanation;
  const { score, ...areas } = await measureFaithfulness(
    (await shownToModel(image, deps)).input,
    explanation.evidence,
    async (inputs) => {
      const answers = await Promise.all(inputs.map((input) => engine.classify(input, 'ROUTINE')));
      return answers.map(({ logit }) => calibratedLogOdds(logit, deps.card.calibration));
    },
  );
  return {
    outcome: 'scored',
    faithfulness: {
      modelId: engine.modelId,
      method,
      ...areas,
      presentation: presentationOf(score, deps.card.faithfulness),
    },
    timings: { score: performance.now() - started },
  };
}
