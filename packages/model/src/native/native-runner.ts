import type { NativeDevice } from '../card/engine.js';
import { readModelCard } from '../card/model-card.js';
import { goldenError } from '../running/golden-error.js';
import type { ModelRunner } from '../running/runner.js';
import { withViews } from '../running/views.js';
import { buildNetwork } from '../tfjs/network.js';
import { runBatch } from '../tfjs/run-batch.js';
import { foldLayers } from '../weights/folded.js';
import { readWeights } from '../weights/read-weights.js';
import { startNativeBackend } from './backend.js';

export interface NativeOrders {
  readonly modelDirectory: string;
  readonly device: NativeDevice;
}

/**
 * The model in TensorFlow.js on its native binding, in this thread. Has it answer the drawn input, and throws
 * when that is not as the card says.
 */
export async function openNativeRunner({ modelDirectory, device }: NativeOrders): Promise<ModelRunner> {
  const card = await readModelCard(modelDirectory);
  await startNativeBackend(device);
  const network = buildNetwork(foldLayers(await readWeights(modelDirectory)));
  const runner = withViews(
    {
      precision: 'fp32',
      run: async (inputs) => runBatch(network, inputs),
      close: async () => network.dispose(),
    },
    card.views,
  );
  const error = await goldenError(runner, card);
  if (error <= card.golden.tolerance.fp32) return runner;
  throw new Error(`${card.id} answers the drawn input wrongly on the ${device}, by ${error} in the logit`);
}
