import http from 'k6/http';
import { settings } from './settings.ts';

export interface Token {
  value: string;
  /** Epoch milliseconds; asked for again from then on. */
  renewAt: number;
}

/** Taken for a token that does not say how long it lives; no provider gives them for less. */
const assumedLifeSeconds = 300;
const usedShareOfLife = 0.7;

/** @throws when the provider gives none. */
export function requestToken(who: number): Token {
  const request = settings.tokenRequests[who];
  if (!request) throw new Error(`there is no participant ${who}`);
  const response = http.post(request.url, request.body, {
    headers: request.headers,
    tags: { name: 'token' },
  });
  if (response.status !== 200) throw new Error(`the token endpoint answered ${response.status}`);
  const text = String(response.body);
  const answer: { access_token?: string; expires_in?: number } = text.startsWith('{')
    ? JSON.parse(text)
    : { access_token: text };
  if (!answer.access_token) throw new Error('the token endpoint answered without a token');
  const lifeSeconds = answer.expires_in ?? assumedLifeSeconds;
  return { value: answer.access_token, renewAt: Date.now() + lifeSeconds * usedShareOfLife * 1000 };
}

/** One for each virtual user, which keeps it as a real client would. */
const kept = new Map<number, Token>();

export function tokenOf(who: number, first: Token): string {
  let token = kept.get(who) ?? first;
  if (Date.now() >= token.renewAt) token = requestToken(who);
  kept.set(who, token);
  return token.value;
}
