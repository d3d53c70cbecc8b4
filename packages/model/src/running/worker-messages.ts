import type { Answer, Precision } from './runner.js';

export interface WorkerOrders {
  readonly modelDirectory: string;
  readonly precision: Precision;
  readonly threads: number;
}

/** What the engine sends its worker: a batch of inputs, or that it may go. */
export type ToWorker = { readonly inputs: readonly Float32Array[] } | { readonly stop: true };

/** With how long the batch took. */
export interface BatchAnswer extends Answer {
  readonly milliseconds: number;
}

/** What the worker answers: once that it is ready, then one answer or fault for every batch. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly precision: Precision }
  | ({ readonly kind: 'answer' } & BatchAnswer)
  | { readonly kind: 'fault'; readonly message: string };
