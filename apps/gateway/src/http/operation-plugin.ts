import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { Instruments, LabelsOf } from '@lucency/service-kit';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { OperationContext } from '../schema/context.js';
import { orBusy } from './busy.js';
import type { CostBudget } from './cost-budget.js';
import { charge } from './operation-cost.js';
import { rootFieldsOf } from './root-fields.js';

/** Charges each operation to its client, measures it and ends its transaction with the answer. */
export function operationPlugin(
  schema: GraphQLSchema,
  budget: CostBudget,
  instruments: Instruments,
): ApolloServerPlugin<OperationContext> {
  return {
    async requestDidStart() {
      const started = performance.now();
      return {
        async didResolveOperation({ document, request, contextValue, operation }) {
          if (!contextValue.signedIn) return;
          charge(budget, contextValue, {
            schema,
            document,
            operationName: request.operationName ?? undefined,
            variables: request.variables ?? {},
          });
          if (operation?.operation === OperationTypeNode.QUERY) await orBusy(contextValue.reader.open());
        },
        async willSendResponse(answered) {
          await answered.contextValue.close();
          const { operation, document } = answered;
          // What was not understood has no field; the HTTP metrics count it.
          if (!operation || !document) return;
          const seconds = (performance.now() - started) / 1000;
          const outcome = outcomeOf(answered);
          for (const field of rootFieldsOf(operation, document)) {
            instruments.observe('lucency_graphql_duration_seconds', seconds, { field, outcome });
          }
        },
      };
    },
  };
}

function outcomeOf({
  response,
}: GraphQLRequestContextWillSendResponse<OperationContext>): LabelsOf<'lucency_graphql_duration_seconds'>['outcome'] {
  const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
  if (!errors?.length) return 'ok';
  return errors.some(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR') ? 'error' : 'refused';
}
