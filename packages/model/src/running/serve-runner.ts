import type { MessagePort } from 'node:worker_threads';
import type { ModelRunner } from './runner.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

/** A worker thread's side of a `SessionThread`: says that it is ready, then answers batch after batch. */
export function serveRunner(port: MessagePort, runner: ModelRunner): void {
  const send = (message: FromWorker) => port.postMessage(message);

  port.on('message', async (message: ToWorker) => {
    if ('stop' in message) {
      await runner.close();
      port.close();
      return;
    }
    try {
      const started = performance.now();
      const answer = await runner.run(message.inputs);
      send({ kind: 'answer', ...answer, milliseconds: performance.now() - started });
    } catch (error) {
      send({ kind: 'fault', message: error instanceof Error ? error.message : String(error) });
    }
  });
  send({ kind: 'ready', precision: runner.precision });
}
