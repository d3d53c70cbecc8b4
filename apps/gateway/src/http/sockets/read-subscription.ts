import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  OperationTypeNode,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { ApiError } from '../../schema/api-error.js';
import { maxTokens } from '../limits/operation-rules.js';

export interface OperationText {
  query: string;
  operationName: string | undefined;
}

/**
 * Parses and checks an operation of a socket, where only subscriptions are answered, and refuses with the sentences of
 * HTTP.
 */
export function readSubscription(
  schema: GraphQLSchema,
  rules: readonly ValidationRule[],
  { query, operationName }: OperationText,
): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  const parsed = parsedOrError(query);
  if (parsed instanceof GraphQLError) return { errors: [coded(parsed, 'GRAPHQL_PARSE_FAILED')] };
  const errors = validate(schema, parsed, [...specifiedRules, ...rules], { hideSuggestions: true });
  if (errors.length > 0) return { errors: errors.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')) };
  const operation = getOperationAST(parsed, operationName);
  if (!operation) throw new ApiError('BAD_USER_INPUT', unresolved(parsed, operationName));
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw new ApiError('BAD_USER_INPUT', 'Only subscriptions are answered here; POST everything else.');
  }
  return { document: parsed };
}

function parsedOrError(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** With the code that Apollo gives it over HTTP. */
function coded(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions } = error;
  return new GraphQLError(message, {
    nodes,
    source,
    positions,
    extensions: { ...error.extensions, code },
  });
}

/** What execution would say; graphql-js has these sentences in no function of their own. */
function unresolved(document: DocumentNode, operationName: string | undefined): string {
  if (operationName) return `Unknown operation named "${operationName}".`;
  const hasSeveral = document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return hasSeveral
    ? 'Must provide operation name if query contains multiple operations.'
    : 'Must provide an operation.';
}
