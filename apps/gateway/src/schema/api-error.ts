import { GraphQLError } from 'graphql';

/** Every code an error of this API may carry in `extensions.code`. */
export type ApiErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'TOO_COSTLY'
  | 'QUOTA'
  | 'BUSY'
  | 'INTERNAL_SERVER_ERROR';

/** An error whose text is meant for the client. */
export class ApiError extends GraphQLError {
  constructor(code: ApiErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { ...extensions, code } });
  }
}
