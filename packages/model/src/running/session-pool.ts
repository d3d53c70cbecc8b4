import { mapSize, textureCount, typeLayer } from '../architecture.js';
import { type Classification, EngineFailure, type Priority } from '../card/engine.js';
import { WaitingRoom } from './batching.js';
import type { SessionThread } from './session-thread.js';

interface Request {
  readonly input: Float32Array;
  resolve(answer: Classification): void;
  reject(why: Error): void;
}

const cells = mapSize * mapSize;
/** Until a dead thread's replacement is started, try by try. */
const restartSeconds = [0, 1, 2, 5, 10];

/**
 * Session threads behind one waiting room: a free thread takes what waits, up to eight pictures. A thread that
 * dies rejects what it held and is replaced, ever more slowly while it does not come up; meanwhile requests wait.
 */
export class SessionPool {
  readonly #start: () => Promise<SessionThread>;
  readonly #room = new WaitingRoom<Request>();
  readonly #idle = new Set<SessionThread>();
  readonly #all = new Set<SessionThread>();
  #closed = false;

  /** `threads` are running ones; `start` makes another like them. */
  constructor(threads: readonly SessionThread[], start: () => Promise<SessionThread>) {
    this.#start = start;
    for (const thread of threads) this.#adopt(thread);
  }

  classify(input: Float32Array, priority: Priority): Promise<Classification> {
    if (this.#closed) return Promise.reject(new EngineFailure('the engine is closed'));
    return new Promise((resolve, reject) => {
      this.#room.add({ input, resolve, reject }, priority);
      this.#serve();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const request of this.#room.takeAll()) request.reject(new EngineFailure('the engine is closed'));
    await Promise.all([...this.#all].map((thread) => thread.stop()));
  }

  #serve(): void {
    for (const thread of this.#idle) {
      if (this.#room.size === 0) return;
      this.#idle.delete(thread);
      void this.#runBatch(thread, this.#room.take());
    }
  }

  async #runBatch(thread: SessionThread, requests: readonly Request[]): Promise<void> {
    try {
      const answer = await thread.run(requests.map(({ input }) => input));
      requests.forEach((request, index) => {
        request.resolve({
          logit: answer.logits[index] ?? Number.NaN,
          evidence: answer.evidence.slice(index * cells, (index + 1) * cells),
          texture: answer.texture.slice(index * textureCount, (index + 1) * textureCount),
          types: answer.types?.slice(index * typeLayer.outputs, (index + 1) * typeLayer.outputs) ?? null,
          milliseconds: answer.milliseconds,
          batchSize: requests.length,
        });
      });
    } catch (error) {
      const why = error instanceof Error ? error : new EngineFailure(String(error));
      for (const request of requests) request.reject(why);
    }
    if (this.#all.has(thread)) this.#idle.add(thread);
    this.#serve();
  }

  #adopt(thread: SessionThread): void {
    this.#all.add(thread);
    this.#idle.add(thread);
    void thread.gone.then(() => {
      this.#all.delete(thread);
      this.#idle.delete(thread);
      void this.#replace();
    });
    this.#serve();
  }

  async #replace(): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt++) {
      const seconds = restartSeconds[Math.min(attempt, restartSeconds.length - 1)] ?? 0;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      if (this.#closed) return;
      try {
        const thread = await this.#start();
        if (!this.#closed) return this.#adopt(thread);
        return await thread.stop();
      } catch {
        // The next try waits longer; requests wait with it, and their jobs have deadlines of their own.
      }
    }
  }
}
