import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { Instruments, LabelsOf } from '@lucency/service-kit';
import { type GraphQLSchema, OperationTypeNode } from 'graphql';
import { ApiError } from '../../schema/api-error.js';
import { orBusy } from '../errors/busy.js';
import { answerHead, isRefusedWhole } from '../errors/graphql-status.js';
import type { CostBudget } from '../limits/cost-budget.js';
import { charge } from '../limits/operation-cost.js';
import type { HttpContext } from './http-context.js';
import { rootFieldsOf } from './root-fields.js';

/** Charges each operation to its client, measures it, ends its transaction with the answer and gives that its status. */
export function operationPlugin(
  schema: GraphQLSchema,
  budget: CostBudget,
  instruments: Instruments,
): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart() {
      const started = performance.now();
      return {
        async didResolveOperation({ document, request, contextValue, operation }) {
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
            throw new ApiError(
              'BAD_USER_INPUT',
              'Subscriptions are answered over a WebSocket at this address.',
            );
          }
          // One that names no operation of the document is refused when it runs.
          if (!operation) return;
          const priced = {
            schema,
            document,
            operationName: request.operationName ?? undefined,
            variables: request.variables ?? {},
          };
          charge(budget, contextValue, priced, contextValue.address);
          if (contextValue.signedIn && operation.operation === OperationTypeNode.QUERY) {
            await orBusy(contextValue.reader.open());
          }
        },
        async willSendResponse(answered) {
          await answered.contextValue.close();
          setHead(answered);
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

type Answered = GraphQLRequestContextWillSendResponse<HttpContext>;

function setHead({ request, response }: Answered): void {
  if (response.body.kind !== 'single') return;
  const { http } = response;
  // Apollo's own 405 is a matter of HTTP, not of the operation.
  if (http.status === 405) return;
  const { singleResult } = response.body;
  const { data, errors } = singleResult;
  if (data && errors && isRefusedWhole(data, errors)) delete singleResult.data;
  const accept = request.http?.headers.get('accept');
  const { status, retryAfterSeconds } = answerHead(singleResult, accept);
  http.status = status;
  if (retryAfterSeconds !== null) http.headers.set('retry-after', String(retryAfterSeconds));
}

function outcomeOf({ response }: Answered): LabelsOf<'lucency_graphql_duration_seconds'>['outcome'] {
  const errors = response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
  if (!errors?.length) return 'ok';
  return errors.some(({ extensions }) => extensions?.code === 'INTERNAL_SERVER_ERROR') ? 'error' : 'refused';
}
