import { createClient, type LucencyClient } from '@lucency/client/node';
import { z } from 'zod';
import type { Target, TokenRequest } from './target.ts';

const usedShareOfLife = 0.7;
const assumedLifeSeconds = 300;
const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number().optional() });

/** Whoever the token requests stand for, as clients of the API with tokens that are renewed in time. */
export function clientsOf(
  { url, tokenRequests }: Target,
  options: { patienceSeconds?: number } = {},
): LucencyClient[] {
  return tokenRequests.map((request) =>
    createClient({ endpoint: `${url}/graphql`, token: renewedToken(request), ...options }),
  );
}

/** @throws with a sentence when the platform does not answer or refuses someone */
export async function checkAnswers(target: Target): Promise<void> {
  for (const [who, client] of clientsOf(target, { patienceSeconds: 0 }).entries()) {
    try {
      await client.viewer();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${target.url} cannot be used by client ${who + 1}: ${reason}`);
    }
  }
}

function renewedToken(request: TokenRequest): () => Promise<string> {
  let token: { value: string; renewAt: number } | undefined;
  return async () => {
    if (!token || Date.now() > token.renewAt) token = await askForToken(request);
    return token.value;
  };
}

async function askForToken({
  url,
  headers,
  body,
}: TokenRequest): Promise<{ value: string; renewAt: number }> {
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`);
  const answer = text.startsWith('{') ? tokenAnswer.parse(JSON.parse(text)) : { access_token: text };
  const lifeSeconds = ('expires_in' in answer && answer.expires_in) || assumedLifeSeconds;
  return { value: answer.access_token, renewAt: Date.now() + lifeSeconds * usedShareOfLife * 1000 };
}
