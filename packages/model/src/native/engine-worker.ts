import { parentPort, workerData } from 'node:worker_threads';
import { serveRunner } from '../running/serve-runner.js';
import { type NativeOrders, openNativeRunner } from './native-runner.js';

/** A thread for TensorFlow's native calls, which block. */
if (parentPort) {
  const orders: NativeOrders = workerData;
  serveRunner(parentPort, await openNativeRunner(orders));
}
