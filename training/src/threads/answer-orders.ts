import { parentPort } from 'node:worker_threads';
import type { Delivery, Order } from './thread-pool.js';

/**
 * The thread's side of a `ThreadPool`.
 * @param buffers those of an answer, which are handed over without copying
 */
export function answerOrders<Work, Answer>(
  answerTo: (work: Work) => Promise<Answer> | Answer,
  buffers: (answer: Answer) => ArrayBuffer[],
): void {
  parentPort?.on('message', async ({ number, work }: Order<Work>) => {
    const answer = await answerTo(work);
    parentPort?.postMessage({ number, answer } satisfies Delivery<Answer>, buffers(answer));
  });
}
