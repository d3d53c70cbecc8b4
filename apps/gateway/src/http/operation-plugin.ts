import type { ApolloServerPlugin } from '@apollo/server';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { OperationContext } from '../schema/context.js';
import type { CostBudget } from './cost-budget.js';
import { charge } from './operation-cost.js';

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
          charge(budget, contextValue, {
            schema,
            document,
            operationName: request.operationName ?? undefined,
            variables: request.variables ?? {},
          });
          if (operation?.operation === OperationTypeNode.QUERY) await contextValue.reader.open();
        },
        async willSendResponse({ contextValue }) {
          await contextValue.close();
        },
      };
    },
  };
}
