import { complexityFromQuery } from '@pothos/plugin-complexity';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  visit,
} from 'graphql';
import { ApiError } from '../../schema/api-error.js';
import { maxComplexity } from '../../schema/builder.js';
import type { OperationContext } from '../../schema/context.js';
import type { CostBudget } from './cost-budget.js';

export interface PricedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** Points of an operation that asks for the schema, whose complexity Pothos does not know. */
const introspectionPoints = 2_000;

/**
 * Charges an operation before it runs, to whoever is signed in or else to `address`.
 * @throws ApiError BAD_USER_INPUT when the variables do not fit, TOO_COSTLY, or QUOTA with when to try again
 */
export function charge(
  budget: CostBudget,
  context: OperationContext,
  operation: PricedOperation,
  address: string,
): void {
  const { schema, document, operationName, variables } = operation;
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const [problem] = getVariableValues(schema, definitions, variables).errors ?? [];
  if (problem) throw new ApiError('BAD_USER_INPUT', withoutValues(problem));

  const client = context.session ? context.viewer.personId : `anonymous ${address}`;
  const retryAfterSeconds = budget.spend(client, pointsOf(context, operation));
  if (retryAfterSeconds > 0) {
    const message = `Too many queries at once. Try again in ${retryAfterSeconds} s.`;
    throw new ApiError('QUOTA', message, retryAfterSeconds);
  }
}

/** @throws ApiError TOO_COSTLY */
function pointsOf(context: OperationContext, operation: PricedOperation): number {
  const { schema, document, operationName, variables } = operation;
  if (asksForSchema(document)) return introspectionPoints;
  const { complexity } = complexityFromQuery(document, {
    schema,
    ctx: context,
    variables,
    ...(operationName && { operationName }),
  });
  if (complexity > maxComplexity) throw new ApiError('TOO_COSTLY');
  return complexity;
}

function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    [Kind.FIELD]: ({ name }) => {
      found ||= name.value === '__schema' || name.value === '__type';
    },
  });
  return found;
}

/**
 * Says which variable and where, and how its type wants it where that is ours; graphql-js quotes the value, and answers
 * end up in the logs of clients.
 */
function withoutValues({ message, originalError }: GraphQLError): string {
  const variable = /^Variable "(\$\w+)"/.exec(message)?.[1] ?? 'A variable';
  const place = / at "([\w.[\]]+)";/.exec(message)?.[1];
  const problem = place
    ? `${variable} does not fit its type at ${place}.`
    : `${variable} is missing or does not fit its type.`;
  return originalError instanceof ApiError ? `${problem} ${originalError.message}` : problem;
}
