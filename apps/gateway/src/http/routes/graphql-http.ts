import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { Log } from '@lucency/messaging';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema, ValidationRule } from 'graphql';
import type { Authenticator } from '../../identity/authenticator.js';
import type { SchemaDeps } from '../../schema/context.js';
import { apiErrorFor } from '../errors/format-error.js';
import { acceptsAnswer } from '../errors/graphql-status.js';
import { refuse } from '../errors/problem.js';
import type { CostBudget } from '../limits/cost-budget.js';
import { maxTokens } from '../limits/operation-rules.js';
import { HttpContext } from './http-context.js';
import { operationPlugin } from './operation-plugin.js';
import type { RequestTokens } from './request-token.js';

export interface GraphqlDeps {
  schema: GraphQLSchema;
  schemaDeps: SchemaDeps;
  authenticator: Authenticator;
  budget: CostBudget;
  rules: ValidationRule[];
  log: Log;
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/** GET and POST /graphql: queries by either, mutations by POST alone. */
export async function graphqlHttp(
  server: FastifyInstance,
  deps: GraphqlDeps & { tokens: RequestTokens },
): Promise<ApolloServer<HttpContext>> {
  const { schema, schemaDeps, authenticator, tokens, budget, rules, formatError, log } = deps;
  const apollo = new ApolloServer<HttpContext>({
    schema,
    validationRules: rules,
    parseOptions: { maxTokens },
    hideSchemaDetailsFromClientErrors: true,
    formatError,
    // The rules say whether the schema may be asked for, here as over WebSocket.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: apolloLog(log),
    // No page sends a token across origins without asking first; nothing here is told by cookies.
    csrfPrevention: {
      requestHeaders: ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name'],
    },
    plugins: [
      operationPlugin(schema, budget, schemaDeps.instruments),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(server),
    ],
  });
  await apollo.start();
  const answer = fastifyApolloHandler(apollo, {
    context: async (request: FastifyRequest) => {
      // Without a token one may look at the schema; a token that is wrong is always said to be.
      if (!request.headers.authorization) return new HttpContext(schemaDeps, null, request.ip);
      try {
        const viewer = await authenticator.lookUp(await tokens.of(request));
        return new HttpContext(schemaDeps, viewer, request.ip);
      } catch (error) {
        throw apiErrorFor(error) ?? error;
      }
    },
  });
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async (request, reply) => {
      if (!acceptsAnswer(request.headers.accept)) return refuse(reply, 'NOT_ACCEPTABLE');
      reply.header('cache-control', 'no-store');
      return answer.call(server, request, reply);
    },
  });
  return apollo;
}

/** That Apollo has something to say, without its text, which may quote an operation. */
function apolloLog(log: Log): NonNullable<ApolloServerOptions<HttpContext>['logger']> {
  const say = () => log.warn({ component: 'apollo' }, 'Apollo reports a fault');
  return { debug: () => undefined, info: () => undefined, warn: say, error: say };
}
