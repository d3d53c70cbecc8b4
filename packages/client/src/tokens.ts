import { LucencyError } from './errors.js';

/**
 * Gives an access token; asked before every request, so keep it until it is about to expire. `refused` is one that the
 * API does not take any more: give a new one.
 */
export type TokenSource = (refused?: string) => Promise<string> | string;

/** Runs a request with a token, and once more with a new one where the API refuses the first. */
export async function withToken<T>(source: TokenSource, request: (token: string) => Promise<T>): Promise<T> {
  const token = await source();
  try {
    return await request(token);
  } catch (error) {
    if (!(error instanceof LucencyError) || error.code !== 'UNAUTHENTICATED') throw error;
    const renewed = await source(token);
    if (renewed === token) throw error;
    return await request(renewed);
  }
}
