import { parentPort, workerData } from 'node:worker_threads';
import { openModelRunner } from './model-runner.js';
import { serveRunner } from './serve-runner.js';
import type { WorkerOrders } from './worker-messages.js';

/** A thread that holds one session: building graphs and running them would block the service's event loop. */
if (parentPort) {
  const { modelDirectory, precision, threads }: WorkerOrders = workerData;
  serveRunner(parentPort, await openModelRunner(modelDirectory, precision, threads));
}
