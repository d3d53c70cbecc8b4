import { parentPort, workerData } from 'node:worker_threads';
import { serveRunner } from '../running/serve-runner.js';
import type { WorkerOrders } from '../running/worker-messages.js';
import { openModelRunner } from './open-runner.js';

/** A thread that holds one session: building graphs and running them would block the service's event loop. */
if (parentPort) {
  const { modelDirectory, precision, threads }: WorkerOrders = workerData;
  serveRunner(parentPort, await openModelRunner(modelDirectory, precision, threads));
}
