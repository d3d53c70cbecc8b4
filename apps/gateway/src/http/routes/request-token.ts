import type { FastifyRequest } from 'fastify';
import type { Authenticator, VerifiedToken } from '../../identity/authenticator.js';

/** Verifies the token of a request once, for the lane that it waits in and for the operation that it asks for. */
export class RequestTokens {
  readonly #authenticator: Authenticator;
  readonly #verified = new WeakMap<FastifyRequest, Promise<VerifiedToken>>();

  constructor(authenticator: Authenticator) {
    this.#authenticator = authenticator;
  }

  /** @throws NotSignedIn or SignInUnavailable */
  of(request: FastifyRequest): Promise<VerifiedToken> {
    const known = this.#verified.get(request);
    if (known) return known;
    const verified = this.#authenticator.verify(request.headers.authorization);
    this.#verified.set(request, verified);
    return verified;
  }

  /** The person of the request, however the token is spelled; null where there is none or it is not good. */
  async personOf(request: FastifyRequest): Promise<string | null> {
    if (!request.headers.authorization) return null;
    return this.of(request).then(
      ({ subject }) => subject,
      () => null,
    );
  }
}
