import { type ApiErrorCode, apiCodes, type RetryCode } from '@lucency/contracts';
import { GraphQLError } from 'graphql';

/** An error whose text is meant for the client. Over HTTP it brings its status, unless part of the answer is data. */
export class ApiError extends GraphQLError {
  constructor(code: Exclude<ApiErrorCode, RetryCode>, message?: string);
  constructor(code: RetryCode, message: string | undefined, retryAfterSeconds: number);
  constructor(code: ApiErrorCode, message?: string, retryAfterSeconds?: number) {
    const when = retryAfterSeconds === undefined ? null : retryAfterSeconds;
    super(message ?? apiCodes[code].message, {
      extensions: {
        code,
        // The first name is the one that clients of this API know; the second is that of BusyError and QuotaError.
        ...(when !== null && { retryAfter: when, retryAfterSeconds: when }),
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
