import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
} from 'graphql';
import { DatabaseBusy } from '../database/pool.js';
import type { OperationContext } from '../schema/context.js';
import { whenFree } from './when-free.js';

export interface SubscriptionRequest {
  schema: GraphQLSchema;
  document: DocumentNode;
  variableValues?: Record<string, unknown> | null;
  operationName?: string | null;
  /** Who subscribes, for finding the source of events. */
  context: OperationContext;
  /** A context with the rights of this moment, for answering one event. */
  renewContext: () => Promise<OperationContext>;
}

/**
 * Runs a subscription so that each event is answered in a context of its own: rights are checked again and the
 * answer is read from one fresh snapshot.
 */
export async function executeEvents(
  request: SubscriptionRequest,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const { schema, document, variableValues, operationName, context, renewContext } = request;
  const execution = { schema, document, variableValues, operationName };
  const source = await whenFree(async () =>
    throwingBusy(await createSourceEventStream({ ...execution, contextValue: context })),
  );
  if (!(Symbol.asyncIterator in source)) return source;

  const events = source[Symbol.asyncIterator]();
  const answer = async (rootValue: unknown): Promise<ExecutionResult> => {
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
      const event = await events.next();
      return event.done ? event : { done: false, value: await whenFree(() => answer(event.value)) };
    },
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
  };
  return answers;
}

/** Resolvers' errors are part of a result; this one is no answer but a reason to ask again. */
function throwingBusy<T extends object>(result: T): T {
  const errors = 'errors' in result ? (result as ExecutionResult).errors : undefined;
  const busy = errors?.find(({ originalError }) => originalError instanceof DatabaseBusy);
  if (busy?.originalError) throw busy.originalError;
  return result;
}
