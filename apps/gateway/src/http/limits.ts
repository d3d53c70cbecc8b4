import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import type { GraphQLError, ValidationContext, ValidationRule } from 'graphql';

/** Depth and aliases of what the portal asks are below half of these. */
const maxDepth = 14;
const maxAliases = 20;
const maxDirectives = 20;
const maxCost = 10_000;

/** Words of an operation; the parser stops there. */
export const maxTokens = 2_000;

/** The text of every refusal below, by which its code is found. */
export const tooCostlyMessage =
  'This operation asks for too much at once. Ask for fewer fields or smaller pages.';

// Reported like any other broken rule instead of thrown through the server.
const refusal = {
  exposeLimits: false,
  errorMessage: tooCostlyMessage,
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
export const limitRules: ValidationRule[] = [
  maxDepthRule({ n: maxDepth, ...refusal }),
  maxAliasesRule({ n: maxAliases, ...refusal }),
  maxDirectivesRule({ n: maxDirectives, ...refusal }),
  costLimitRule({ maxCost, ...refusal }),
];
