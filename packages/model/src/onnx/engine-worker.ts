import { parentPort, workerData } from 'node:worker_threads';
import { openModelRunner } from './model-runner.js';
import type { FromWorker, ToWorker, WorkerOrders } from './worker-messages.js';

/** A thread that holds one session: building graphs and running them would block the service's event loop. */
async function work(port: NonNullable<typeof parentPort>, orders: WorkerOrders): Promise<void> {
  const { modelDirectory, precision, threads } = orders;
  const runner = await openModelRunner(modelDirectory, precision, threads);
  const send = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

  port.on('message', async (message: ToWorker) => {
    if ('stop' in message) {
      await runner.close();
      port.close();
      return;
    }
    try {
      const started = performance.now();
      const { logits, evidence } = await runner.run(message.inputs);
      send({ kind: 'answer', logits, evidence, milliseconds: performance.now() - started });
    } catch (error) {
      send({ kind: 'fault', message: error instanceof Error ? error.message : String(error) });
    }
  });
  send({ kind: 'ready', precision: runner.precision });
}

if (parentPort) await work(parentPort, workerData);
