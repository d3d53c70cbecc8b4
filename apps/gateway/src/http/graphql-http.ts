import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { type Authenticate, NotSignedIn } from '../identity/authenticator.js';
import { ApiError } from '../schema/api-error.js';
import { OperationContext, type SchemaDeps } from '../schema/context.js';
import { orBusy } from './busy.js';
import type { CostBudget } from './cost-budget.js';
import { signInSentence } from './format-error.js';
import { limitRules, maxTokens } from './limits.js';
import { operationPlugin } from './operation-plugin.js';

export interface GraphqlHttpDeps {
  schema: GraphQLSchema;
  schemaDeps: SchemaDeps;
  authenticate: Authenticate;
  budget: CostBudget;
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/** POST /graphql for queries and mutations. */
export async function graphqlHttp(
  server: FastifyInstance,
  deps: GraphqlHttpDeps,
): Promise<ApolloServer<OperationContext>> {
  const { schema, schemaDeps, authenticate, budget, formatError } = deps;
  const apollo = new ApolloServer<OperationContext>({
    schema,
    validationRules: limitRules,
    parseOptions: { maxTokens },
    hideSchemaDetailsFromClientErrors: true,
    formatError,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      operationPlugin(schema, budget, schemaDeps.instruments),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(server),
    ],
  });
  await apollo.start();
  await server.register(fastifyApollo(apollo), {
    path: '/graphql',
    method: ['POST', 'OPTIONS'],
    context: async (request) => {
      const { authorization } = request.headers;
      // Without a token one may look at the schema; a token that is wrong is always said to be.
      if (!authorization) return new OperationContext(schemaDeps, null);
      try {
        return new OperationContext(schemaDeps, await orBusy(authenticate(authorization)));
      } catch (error) {
        if (!(error instanceof NotSignedIn)) throw error;
        throw new ApiError('UNAUTHENTICATED', signInSentence(error), { http: { status: 401 } });
      }
    },
  });
  return apollo;
}
