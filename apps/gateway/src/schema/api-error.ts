import { type ApiErrorCode, apiCodes, type RetryCode } from '@lucency/contracts';
import { GraphQLError } from 'graphql';

/** When to try again, as BusyError and QuotaError name it. `retryAfter` is deprecated: clients of 0.1 read it. */
export function retryExtensions(retryAfterSeconds: number) {
  return { retryAfterSeconds, retryAfter: retryAfterSeconds };
}

/** An error whose text is meant for the client. Over HTTP it brings its status, unless part of the answer is data. */
export class ApiError extends GraphQLError {
  constructor(code: Exclude<ApiErrorCode, RetryCode>, message?: string);
  constructor(code: RetryCode, message: string | undefined, retryAfterSeconds: number);
  constructor(code: ApiErrorCode, message?: string, retryAfterSeconds?: number) {
    const when = retryAfterSeconds === undefined ? null : retryAfterSeconds;
    super(message ?? apiCodes[code].message, {
      extensions: {
        code,
        ...(when !== null && retryExtensions(when)),
        http: {
          status: apiCodes[code].status,
          headers: new Map([
            ...(when === null ? [] : [['retry-after', String(when)] as const]),
            ...(code === 'UNAUTHENTICATED' ? [['www-authenticate', 'Bearer'] as const] : []),
          ]),
        },
      },
    });
  }
}
