import { parentPort } from 'node:worker_threads';
import type { Prepared } from './outcome.js';
import { type PreparedImage, prepareImage } from './prepare.js';
import { ready } from './preparer.js';

/** One image at a time: the bytes come, the answer goes; anything thrown ends the thread. */
parentPort?.on('message', (bytes: Uint8Array) => {
  void prepareImage(bytes).then(answer);
});
parentPort?.postMessage(ready);

function answer(prepared: Prepared<PreparedImage>): void {
  parentPort?.postMessage(prepared, prepared.ok ? [prepared.value.input.buffer] : []);
}
