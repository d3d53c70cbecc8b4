import { createRequire } from 'node:module';
import { inputSize } from '../architecture.js';
import type { Engine, NativeDevice } from '../card/engine.js';
import { readModelCard } from '../card/model-card.js';
import { SessionPool } from '../running/session-pool.js';
import { startThread } from '../running/session-thread.js';
import { limitThreads, requireNative } from './backend.js';
import type { NativeOrders } from './native-runner.js';

export interface NativeEngineOptions {
  readonly modelDir: string;
  readonly device: NativeDevice;
  /** Cores that TensorFlow computes with; all but one unless told. The first engine of a process decides. */
  readonly threads?: number | undefined;
}

const pixels = inputSize * inputSize * 3;

/**
 * TensorFlow.js on its native binding, in a worker thread. Resolves when the model is loaded and has given its
 * golden answer. Rejects with what to do when the binding was not built or sees no GPU where one was asked for.
 */
export async function createNativeEngine(options: NativeEngineOptions): Promise<Engine> {
  const { modelDir, device } = options;
  requireNative(device);
  limitThreads(options.threads);
  const { id } = await readModelCard(modelDir);
  const file = createRequire(import.meta.url).resolve('@lucency/model/native/engine-worker');
  const orders: NativeOrders = { modelDirectory: modelDir, device };
  const start = () => startThread(file, orders);
  const pool = new SessionPool([await start()], start);
  return {
    name: 'tfjs-node',
    modelId: id,
    classify(input, priority = 'ROUTINE') {
      if (input.length !== pixels) return Promise.reject(new TypeError(`an input has ${pixels} values`));
      return pool.classify(input, priority);
    },
    close: () => pool.close(),
  };
}
