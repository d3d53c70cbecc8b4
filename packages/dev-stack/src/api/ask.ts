/** An answer of GraphQL as it came, errors and all. */
export interface GraphqlAnswer<T> {
  data: T | null;
  errors?: {
    message: string;
    path?: (string | number)[];
    extensions: { code: string; retryAfter?: number };
  }[];
}

export interface Asking {
  /** Of GraphQL. */
  endpoint: string;
  token: string;
}

/** Sends a document written by hand: what a typed client has no way to send, or to show the answer of. */
export async function ask<T>(
  { endpoint, token }: Asking,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphqlAnswer<T>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return response.json() as Promise<GraphqlAnswer<T>>;
}
