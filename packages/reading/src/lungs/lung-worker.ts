import { parentPort, workerData } from 'node:worker_threads';
import { openSegmenter, readLungsCard, readLungsWeights } from '@lucency/model/lungs';
import { answerQuestion } from './answer.js';
import type { LungOrders, LungReply, LungWork } from './finder.js';

/** One picture after another: the question comes, the answer goes. */
if (parentPort) {
  const port = parentPort;
  const { directory }: LungOrders = workerData;
  const { rule } = await readLungsCard(directory);
  const segmenter = await openSegmenter(await readLungsWeights(directory));
  port.on('message', async ({ number, question }: LungWork) => {
    try {
      const answer = await answerQuestion(question, segmenter, rule);
      port.postMessage({ number, answer } satisfies LungReply, [answer.input.buffer]);
    } catch (error) {
      const fault = error instanceof Error ? error.message : String(error);
      port.postMessage({ number, fault } satisfies LungReply);
    }
  });
}
