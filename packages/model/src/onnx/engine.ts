import { availableParallelism } from 'node:os';
import { inputSize } from '../architecture.js';
import type { Engine } from '../card/engine.js';
import { readModelCard } from '../card/model-card.js';
import type { Precision } from '../running/runner.js';
import { SessionPool } from '../running/session-pool.js';
import { startSessionThread } from '../running/session-thread.js';

export interface OnnxEngineOptions {
  readonly modelDir: string;
  readonly precision?: Precision;
  /** Threads that one session computes with; all cores but one unless told. */
  readonly threads?: number;
  /** Sessions side by side, each in a thread of its own with its own copy of the weights. */
  readonly workers?: number;
}

const pixels = inputSize * inputSize * 3;

/** ONNX Runtime in worker threads. Resolves when the model is loaded and has given its golden answer. */
export async function createOnnxEngine(options: OnnxEngineOptions): Promise<Engine> {
  const { modelDir, workers = 1 } = options;
  const { id } = await readModelCard(modelDir);
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  const orders = { modelDirectory: modelDir, precision: options.precision ?? 'int8', threads };
  const first = await startSessionThread(orders);
  // What the first one settled on, all others use: an engine has one name.
  const another = () => startSessionThread({ ...orders, precision: first.precision });
  const rest = await Promise.all(Array.from({ length: workers - 1 }, another));
  const pool = new SessionPool([first, ...rest], another);
  return {
    name: first.precision === 'int8' ? 'onnx-int8' : 'onnx-fp32',
    modelId: id,
    classify(input, priority = 'ROUTINE') {
      if (input.length !== pixels) return Promise.reject(new TypeError(`an input has ${pixels} values`));
      return pool.classify(input, priority);
    },
    close: () => pool.close(),
  };
}
