import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import ErrorsPlugin from '@pothos/plugin-errors';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import ValidationPlugin from '@pothos/plugin-validation';
import type PrismaTypes from '../generated/pothos-types.js';
import { getDatamodel } from '../generated/pothos-types.js';
import { ApiError } from './api-error.js';
import type { OperationContext } from './context.js';
import { decodeId, encodeId } from './global-id.js';

export const maxPageSize = 100;
export const defaultPageSize = 25;
/** Points of the costliest operation; the portal's worklist costs 815 a page, and 3,245 when it reads 100 studies again. */
export const maxComplexity = 5_000;

export const builder = new SchemaBuilder<{
  Context: OperationContext;
  PrismaTypes: PrismaTypes;
  AuthScopes: { signedIn: boolean };
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Date: { Input: string; Output: string };
  };
}>({
  // The order is that in which checks run: rights before validation before anything else.
  plugins: [ScopeAuthPlugin, ErrorsPlugin, ComplexityPlugin, ValidationPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  scopeAuth: {
    authScopes: (context) => ({ signedIn: context.signedIn }),
    unauthorizedError: () => new ApiError('UNAUTHENTICATED'),
  },
  errors: { defaultTypes: [], directResult: true },
  validation: {
    validationError: ({ issues }) =>
      new ApiError('BAD_USER_INPUT', [...new Set(issues.map(({ message }) => message))].join(' ')),
  },
  complexity: {
    defaultComplexity: 1,
    defaultListMultiplier: 5,
  },
  relay: {
    encodeGlobalID: encodeId,
    decodeGlobalID: decodeId,
    cursorType: 'String',
    nodeTypeOptions: { description: 'Anything with an id of its own.' },
  },
  prisma: {
    client: (context) => context.reader.fallback,
    dmmf: getDatamodel(),
    maxConnectionSize: maxPageSize,
    defaultConnectionSize: defaultPageSize,
    onUnusedQuery: null,
  },
});

builder.queryType({ authScopes: { signedIn: true } });
builder.mutationType({ authScopes: { signedIn: true } });
builder.subscriptionType({ authScopes: { signedIn: true } });
