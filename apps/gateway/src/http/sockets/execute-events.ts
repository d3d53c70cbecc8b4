import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
} from 'graphql';
import { DatabaseBusy } from '../../database/pool.js';
import { whenFree } from '../../database/when-free.js';
import type { OperationContext } from '../../schema/context.js';

export interface SubscriptionRequest {
  schema: GraphQLSchema;
  document: DocumentNode;
  variableValues?: Record<string, unknown> | null;
  operationName?: string | null;
  /** Who subscribes, for finding the source of events. */
  context: OperationContext;
  /** A context with the rights of this moment, for answering one event. */
  renewContext: () => Promise<OperationContext>;
  /** Waits for the subscriber's turn. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Ends the subscription at any moment. */
  signal: AbortSignal;
  /** Called once, when nothing of the subscription is left. */
  onEnd: () => void;
}

/**
 * Runs a subscription so that each event is answered in a context of its own: rights are checked again and the
 * answer is read from one fresh snapshot.
 */
export async function executeEvents(
  request: SubscriptionRequest,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const { schema, document, variableValues, operationName, context, renewContext, inTurn, signal } = request;
  const execution = { schema, document, variableValues, operationName };
  let isOver = false;
  const over = () => {
    if (!isOver) request.onEnd();
    isOver = true;
  };
  try {
    const source = await whenFree(
      () =>
        inTurn(async () => {
          signal.throwIfAborted();
          return throwingBusy(await createSourceEventStream({ ...execution, contextValue: context }));
        }),
      signal,
    );
    if (!(Symbol.asyncIterator in source)) {
      over();
      return source;
    }
    const events = source[Symbol.asyncIterator]();
    const stop = async () => {
      await events.return?.();
      over();
    };
    if (signal.aborted) await stop();
    else signal.addEventListener('abort', () => void stop(), { once: true });

    const answer = async (rootValue: unknown): Promise<ExecutionResult> => {
      signal.throwIfAborted();
      const contextValue = await renewContext();
      try {
        return throwingBusy(await execute({ ...execution, rootValue, contextValue }));
      } finally {
        await contextValue.close();
      }
    };
    const answers: AsyncIterableIterator<ExecutionResult> = {
      [Symbol.asyncIterator]: () => answers,
      next: async () => {
        try {
          const event = await events.next();
          if (!event.done) {
            const value = await whenFree(() => inTurn(() => answer(event.value)), signal);
            return { done: false, value };
          }
        } catch (error) {
          // Nobody calls return() on an iterator that threw, and its source would be fed for ever.
          await stop();
          if (!signal.aborted) throw error;
        }
        over();
        return { done: true, value: undefined };
      },
      return: async () => {
        await stop();
        return { done: true, value: undefined };
      },
    };
    return answers;
  } catch (error) {
    over();
    throw error;
  }
}

/** Resolvers' errors are part of a result; this one is no answer but a reason to ask again. */
function throwingBusy<T extends object>(result: T): T {
  const errors = 'errors' in result ? (result as ExecutionResult).errors : undefined;
  const busy = errors?.find(({ originalError }) => originalError instanceof DatabaseBusy);
  if (busy?.originalError) throw busy.originalError;
  return result;
}
