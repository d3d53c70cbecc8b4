import { availableParallelism } from 'node:os';
import { inputSize, mapSize } from '../architecture.js';
import { type Classification, type Engine, EngineFailure, type Priority } from '../card/engine.js';
import { readModelCard } from '../card/model-card.js';
import { WaitingRoom } from './batching.js';
import type { Precision } from './model-runner.js';
import { type SessionThread, startSessionThread } from './session-thread.js';

export interface OnnxEngineOptions {
  readonly modelDir: string;
  readonly precision?: Precision;
  /** Threads that one session computes with; all cores but one unless told. */
  readonly threads?: number;
  /** Sessions side by side, each in a thread of its own with its own copy of the weights. */
  readonly workers?: number;
}

interface Request {
  readonly input: Float32Array;
  resolve(answer: Classification): void;
  reject(why: Error): void;
}

const pixels = inputSize * inputSize * 3;
const cells = mapSize * mapSize;
const restartSeconds = [0, 1, 2, 5, 10];

/**
 * ONNX Runtime in worker threads behind one waiting room: a free worker takes what waits, up to eight pictures.
 * A worker that dies rejects what it held and is replaced, ever more slowly while it does not come up.
 */
export async function createOnnxEngine(options: OnnxEngineOptions): Promise<Engine> {
  const { modelDir, workers = 1 } = options;
  const { id } = await readModelCard(modelDir);
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  const orders = { modelDirectory: modelDir, precision: options.precision ?? 'int8', threads };
  const first = await startSessionThread(orders);
  // What the first one settled on, all others use: an engine has one name.
  const settled = { ...orders, precision: first.precision };
  const rest = await Promise.all(Array.from({ length: workers - 1 }, () => startSessionThread(settled)));

  const room = new WaitingRoom<Request>();
  const idle = new Set<SessionThread>();
  const all = new Set<SessionThread>();
  let closed = false;

  function serve(): void {
    for (const thread of idle) {
      if (room.size === 0) return;
      idle.delete(thread);
      void runBatch(thread, room.take());
    }
  }

  async function runBatch(thread: SessionThread, requests: readonly Request[]): Promise<void> {
    try {
      const answer = await thread.run(requests.map(({ input }) => input));
      const { logits, evidence, milliseconds } = answer;
      requests.forEach((request, index) => {
        request.resolve({
          logit: logits[index] ?? Number.NaN,
          evidence: evidence.slice(index * cells, (index + 1) * cells),
          milliseconds,
          batchSize: requests.length,
        });
      });
    } catch (error) {
      const why = error instanceof Error ? error : new EngineFailure(String(error));
      for (const request of requests) request.reject(why);
    }
    if (all.has(thread)) idle.add(thread);
    serve();
  }

  function adopt(thread: SessionThread): void {
    all.add(thread);
    idle.add(thread);
    void thread.gone.then(() => {
      all.delete(thread);
      idle.delete(thread);
      if (!closed) void replace(0);
    });
    serve();
  }

  async function replace(attempt: number): Promise<void> {
    const seconds = restartSeconds[Math.min(attempt, restartSeconds.length - 1)] ?? 0;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000).unref());
    if (closed) return;
    try {
      const thread = await startSessionThread(settled);
      if (closed) await thread.stop();
      else adopt(thread);
    } catch {
      await replace(attempt + 1);
    }
  }

  for (const thread of [first, ...rest]) adopt(thread);
  return {
    name: first.precision === 'int8' ? 'onnx-int8' : 'onnx-fp32',
    modelId: id,
    classify(input: Float32Array, priority: Priority = 'ROUTINE') {
      if (input.length !== pixels) return Promise.reject(new TypeError(`an input has ${pixels} values`));
      if (closed) return Promise.reject(new EngineFailure('the engine is closed'));
      return new Promise((resolve, reject) => {
        room.add({ input, resolve, reject }, priority);
        serve();
      });
    },
    async close() {
      closed = true;
      for (const request of room.takeAll()) request.reject(new EngineFailure('the engine is closed'));
      await Promise.all([...all].map((thread) => thread.stop()));
    },
  };
}
