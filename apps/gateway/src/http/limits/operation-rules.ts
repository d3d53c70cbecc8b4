import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { apiCodes } from '@lucency/contracts';
import {
  type GraphQLError,
  NoSchemaIntrospectionCustomRule,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** Depth and aliases of what the portal asks are below half of these. */
const maxDepth = 14;
const maxAliases = 20;
const maxDirectives = 20;
const maxCost = 10_000;

/** Words of an operation; the parser stops there. */
export const maxTokens = 2_000;

// Reported like any other broken rule instead of thrown through the server. The code is found by the message.
const refusal = {
  exposeLimits: false,
  errorMessage: apiCodes.TOO_COSTLY.message,
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, error: GraphQLError) => {
      context?.reportError(error);
    },
  ],
};

/**
 * Limits on the text of an operation, before anything runs: the same for HTTP and WebSocket. Apollo alone
 * answers 5,000 aliases.
 */
const limitRules: ValidationRule[] = [
  maxDepthRule({ n: maxDepth, ...refusal }),
  maxAliasesRule({ n: maxAliases, ...refusal }),
  maxDirectivesRule({ n: maxDirectives, ...refusal }),
  costLimitRule({ maxCost, ...refusal }),
];

/** Every rule of an operation's text beyond GraphQL's own. */
export function operationRules({ introspection }: { introspection: boolean }): ValidationRule[] {
  return introspection ? limitRules : [...limitRules, NoSchemaIntrospectionCustomRule];
}
