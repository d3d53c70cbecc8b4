import { drawGoldenInput } from '../card/golden-input.js';
import type { ModelCard } from '../card/model-card.js';
import type { ModelRunner } from './runner.js';

/** How far the runner's answer to the drawn input is from the card's, in the logit. */
export async function goldenError(
  runner: Pick<ModelRunner, 'precision' | 'run'>,
  card: ModelCard,
): Promise<number> {
  const { logits } = await runner.run([drawGoldenInput()]);
  return Math.abs((logits[0] ?? Number.NaN) - card.golden.logit[runner.precision]);
}
