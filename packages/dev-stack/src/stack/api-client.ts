import { z } from 'zod';

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});
const refusal = z.object({ code: z.string(), message: z.string() });

/** Asks GraphQL as one person. Throws what the API says when it refuses or fails. */
export function createApiClient(url: string, token: string) {
  return async (query: string, variables: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const { data, errors } = answerSchema.parse(await response.json());
    if (errors?.length || !data) {
      throw new Error(`the gateway answered: ${errors?.map(({ message }) => message).join('; ')}`);
    }
    for (const value of Object.values(data)) {
      const refused = refusal.safeParse(value);
      if (refused.success)
        throw new Error(`the gateway refused: ${refused.data.code}, ${refused.data.message}`);
    }
    return data;
  };
}
