import { createClient, type LucencyClient } from '@lucency/client/node';
import type { ClientTokens } from './client-tokens.js';

/** Waiting longer within one call would only keep a sender's association, or a delivery; both are repeated. */
const patienceSeconds = 3;

/** The API as each of the configured clients sees it, one client for all that is done in its name. */
export class ApiClients {
  readonly #endpoint: string;
  readonly #tokens: ClientTokens;
  readonly #clients = new Map<string, LucencyClient>();

  /** @param endpoint of GraphQL */
  constructor(endpoint: string, tokens: ClientTokens) {
    this.#endpoint = endpoint;
    this.#tokens = tokens;
  }

  of(clientId: string): LucencyClient {
    const known = this.#clients.get(clientId);
    if (known) return known;
    const made = createClient({
      endpoint: this.#endpoint,
      patienceSeconds,
      token: (refused) => this.#tokens.of(clientId, refused),
    });
    this.#clients.set(clientId, made);
    return made;
  }
}
