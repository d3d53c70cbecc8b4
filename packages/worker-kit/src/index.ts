export { type WorkerEnvironment, workerEnvironment } from './environment.js';
export {
  startWorker,
  type Worker,
  type WorkerContext,
  type WorkerParts,
  type WorkOfKind,
} from './start-worker.js';
