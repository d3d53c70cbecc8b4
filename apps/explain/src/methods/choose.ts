import { hopeless, later } from '@lucency/contracts';
import type { Explainer, Explanation, ModelAtHand, Question, Unexplained } from './explainer.js';

/** Long enough for an upgrade to go on meanwhile. */
const otherVersionRetrySeconds = 60;

export interface Methods extends ModelAtHand {
  explainers: readonly Explainer[];
}

/**
 * Explains by the method that a job names, about the model that it names. A method of another version is left to workers that
 * have it; of another model nothing may be said here.
 */
export async function explainBy(
  { method, modelId }: { method: string; modelId?: string | undefined },
  question: Question,
  { explainers, ...model }: Methods,
): Promise<Explanation | Unexplained> {
  const explainer = explainers.find((one) => one.method === method);
  if (!explainer) return later(otherVersionRetrySeconds, `this service has no method ${method}`);
  const explanation = await explainer.explain(question, model);
  if ('outcome' in explanation) return explanation;
  if (modelId !== undefined && explanation.modelId !== modelId) {
    return hopeless('INTERNAL', `asked about ${modelId}, this service has ${explanation.modelId}`);
  }
  return explanation;
}
