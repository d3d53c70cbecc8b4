import type { ApolloServerPlugin } from '@apollo/server';
import { complexityFromQuery } from '@pothos/plugin-complexity';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import { ApiError } from '../schema/api-error.js';
import { maxComplexity } from '../schema/builder.js';
import type { OperationContext } from '../schema/context.js';
import type { CostBudget } from './cost-budget.js';
import { tooCostlyMessage } from './limits.js';

/** Charges each operation to its client and ends its transaction with the answer. */
export function operationPlugin(
  schema: GraphQLSchema,
  budget: CostBudget,
): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ document, request, contextValue, operation }) {
          if (!contextValue.signedIn) return;
          const { complexity } = complexityFromQuery(document, {
            schema,
            ctx: contextValue,
            variables: request.variables ?? {},
            ...(request.operationName && { operationName: request.operationName }),
          });
          charge(budget, contextValue.viewer.personId, complexity);
          if (operation?.operation === OperationTypeNode.QUERY) await contextValue.reader.open();
        },
        async willSendResponse({ contextValue }) {
          await contextValue.close();
        },
      };
    },
  };
}

/** @throws ApiError TOO_COSTLY, or QUOTA with retryAfter in seconds */
export function charge(budget: CostBudget, client: string, cost: number): void {
  if (cost > maxComplexity) throw new ApiError('TOO_COSTLY', tooCostlyMessage);
  const retryAfter = budget.spend(client, cost);
  if (retryAfter > 0) {
    throw new ApiError('QUOTA', `Too many queries at once. Try again in ${retryAfter} s.`, { retryAfter });
  }
}
