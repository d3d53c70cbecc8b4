import { complexityFromQuery } from '@pothos/plugin-complexity';
import { type DocumentNode, type GraphQLSchema, getOperationAST, getVariableValues } from 'graphql';
import { ApiError } from '../schema/api-error.js';
import { maxComplexity } from '../schema/builder.js';
import type { OperationContext } from '../schema/context.js';
import type { CostBudget } from './cost-budget.js';
import { tooCostlyMessage } from './limits.js';

export interface PricedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/**
 * Charges an operation to whoever is signed in, before it runs.
 * @throws ApiError BAD_USER_INPUT when the variables do not fit, TOO_COSTLY, or QUOTA with retryAfter in seconds
 */
export function charge(budget: CostBudget, context: OperationContext, operation: PricedOperation): void {
  const { schema, document, operationName, variables } = operation;
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const [problem] = getVariableValues(schema, definitions, variables).errors ?? [];
  if (problem) throw new ApiError('BAD_USER_INPUT', withoutValues(problem.message));

  const { complexity } = complexityFromQuery(document, {
    schema,
    ctx: context,
    variables,
    ...(operationName && { operationName }),
  });
  if (complexity > maxComplexity) throw new ApiError('TOO_COSTLY', tooCostlyMessage);
  const retryAfter = budget.spend(context.viewer.personId, complexity);
  if (retryAfter > 0) {
    throw new ApiError('QUOTA', `Too many queries at once. Try again in ${retryAfter} s.`, { retryAfter });
  }
}

/** Says which variable and where; graphql-js quotes the value, and answers end up in the logs of clients. */
function withoutValues(message: string): string {
  const variable = /^Variable "(\$\w+)"/.exec(message)?.[1] ?? 'A variable';
  const place = / at "([\w.[\]]+)";/.exec(message)?.[1];
  return place
    ? `${variable} does not fit its type at ${place}.`
    : `${variable} is missing or does not fit its type.`;
}
