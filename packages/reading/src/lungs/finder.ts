import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Point } from '@lucency/contracts';
import type { Orientation } from '@lucency/imaging';
import type { Region } from '@lucency/imaging/lungs';
import { locateLungs } from '@lucency/model/lungs';
import type { LungRefusal } from './assess.js';
import type { FoundLungs } from './found.js';

/** What the model of a reading wants to see: the whole picture, or the lungs with a margin. */
export type Crop = 'none' | 'lungs';

export interface LungQuestion {
  /** `[224, 224, 3]`, RGB 0-1, the three alike. Its buffer is taken away. */
  readonly input: Float32Array<ArrayBuffer>;
  /** As which it seems to lie. */
  readonly orientation: Orientation;
  readonly crop: Crop;
}

export interface LungAnswer {
  readonly lungs: FoundLungs;
  /** Closed lines around them, in shares of the picture; none around what is refused. */
  readonly outline: readonly (readonly Point[])[];
  /** Why the picture cannot be read; null where both lungs are there. */
  readonly refusal: LungRefusal | null;
  /** What the model is to see: the input, or the crop of it. */
  readonly input: Float32Array<ArrayBuffer>;
  /** Which part of the picture that is. */
  readonly shown: Region;
}

/** Finds lungs in a thread of its own: the network blocks whatever thread runs it. */
export interface LungFinder {
  /** @throws when the thread broke; the next picture gets a new one. */
  find(question: LungQuestion): Promise<LungAnswer>;
  close(): Promise<void>;
}

export interface LungOrders {
  readonly directory: string;
}

export interface LungWork {
  readonly number: number;
  readonly question: LungQuestion;
}

export type LungReply =
  | { readonly number: number; readonly answer: LungAnswer }
  | { readonly number: number; readonly fault: string };

interface Asked {
  resolve(answer: LungAnswer): void;
  reject(why: Error): void;
}

/** @param directory of the segmenter; defaults to the one in use. */
export async function createLungFinder(directory?: string): Promise<LungFinder> {
  const orders: LungOrders = { directory: directory ?? (await locateLungs()) };
  const file = createRequire(import.meta.url).resolve('@lucency/reading/lung-worker');
  const asked = new Map<number, Asked>();
  let worker: Worker | undefined;
  let number = 0;
  let closed = false;

  const start = (): Worker => {
    const started = new Worker(file, { workerData: orders, resourceLimits: { stackSizeMb: 8 } });
    started.unref();
    const gone = (why: Error) => {
      if (worker !== started) return;
      worker = undefined;
      for (const { reject } of asked.values()) reject(why);
      asked.clear();
    };
    started.on('message', (reply: LungReply) => {
      const waiting = asked.get(reply.number);
      asked.delete(reply.number);
      if (asked.size === 0) started.unref();
      if ('answer' in reply) waiting?.resolve(reply.answer);
      else waiting?.reject(new Error(reply.fault));
    });
    started.on('error', (error) => gone(error instanceof Error ? error : new Error(String(error))));
    started.on('exit', (code) => gone(new Error(`the thread that finds lungs ended with ${code}`)));
    return started;
  };

  return {
    find(question) {
      if (closed) return Promise.reject(new Error('the lung finder is closed'));
      worker ??= start();
      const work: LungWork = { number: number++, question };
      const answer = new Promise<LungAnswer>((resolve, reject) => {
        asked.set(work.number, { resolve, reject });
      });
      worker.ref();
      worker.postMessage(work, [question.input.buffer]);
      return answer;
    },
    async close() {
      closed = true;
      const running = worker;
      // What runs is let finish: ending a thread in the middle of a run takes the process with it.
      await Promise.allSettled([...asked.values()].map(settled));
      await running?.terminate();
    },
  };
}

/** Resolves when the question is answered. */
function settled(asked: Asked): Promise<void> {
  return new Promise((done) => {
    const { resolve, reject } = asked;
    asked.resolve = (answer) => {
      resolve(answer);
      done();
    };
    asked.reject = (why) => {
      reject(why);
      done();
    };
  });
}
