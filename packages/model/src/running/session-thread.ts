import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { EngineFailure } from '../card/engine.js';
import type { Precision } from './runner.js';
import type { BatchAnswer, FromWorker, ToWorker, WorkerOrders } from './worker-messages.js';

/** One worker thread with its session; takes one batch at a time. */
export interface SessionThread {
  readonly precision: Precision;
  /** Takes the inputs' buffers away. Rejects with EngineFailure when the batch or the thread breaks. */
  run(inputs: readonly Float32Array[]): Promise<BatchAnswer>;
  /** Settles when the thread is gone, for whatever reason. */
  readonly gone: Promise<void>;
  /** Lets the batch in hand finish. */
  stop(): Promise<void>;
  /** Ends an idle thread at once. One in the middle of a run would take the whole process with it. */
  kill(): Promise<void>;
}

const patienceMilliseconds = 5_000;

/** Resolves when the model is loaded and has passed its golden answer; rejects when it cannot be. */
export function startSessionThread(orders: WorkerOrders): Promise<SessionThread> {
  const file = createRequire(import.meta.url).resolve('@lucency/model/onnx/engine-worker');
  return startThread(file, orders);
}

/** The same for any file that hands its runner to `serveRunner`. */
export function startThread(file: string, orders: object): Promise<SessionThread> {
  const worker = new Worker(file, { workerData: orders });
  let pending: { resolve: (answer: BatchAnswer) => void; reject: (why: Error) => void } | undefined;
  let lastError: Error | undefined;
  const order = (message: ToWorker, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });

  async function kill(): Promise<void> {
    await worker.terminate();
  }

  return new Promise((resolveStart, rejectStart) => {
    worker.on('error', (error) => {
      lastError = error instanceof Error ? error : new Error(String(error));
    });
    worker.once('exit', (code) => {
      const why = new EngineFailure(lastError?.message ?? `the inference thread ended with ${code}`, {
        cause: lastError,
      });
      pending?.reject(why);
      pending = undefined;
      rejectStart(why);
    });
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') return resolveStart(thread(message.precision));
      const asked = pending;
      pending = undefined;
      if (message.kind === 'answer') asked?.resolve(message);
      else asked?.reject(new EngineFailure(message.message));
    });
  });

  function thread(precision: Precision): SessionThread {
    return {
      precision,
      gone,
      run(inputs) {
        const whole = inputs.map(owned);
        return new Promise((resolve, reject) => {
          pending = { resolve, reject };
          order(
            { inputs: whole },
            whole.map(({ buffer }) => buffer),
          );
        });
      },
      async stop() {
        order({ stop: true });
        // One that does not come back is left to the process's end, which may not be held up by it.
        worker.unref();
        const { promise: tired, cancel } = patience();
        await Promise.race([gone, tired]);
        cancel();
      },
      kill,
    };
  }
}

function patience(): { promise: Promise<void>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMilliseconds);
  });
  return { promise, cancel: () => clearTimeout(timer) };
}

/** The input in a buffer of its own that can be given away. */
function owned(input: Float32Array): Float32Array<ArrayBuffer> {
  const { buffer } = input;
  return buffer instanceof ArrayBuffer && buffer.byteLength === input.byteLength
    ? new Float32Array(buffer)
    : new Float32Array(input);
}
